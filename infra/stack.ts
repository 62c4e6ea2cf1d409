import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { existingResources } from './existing-resources.ts';
import { ImageUpdates } from './image-updates.ts';
import { tagsOf } from './operation-fields.ts';
import type { StackSettings } from './setting-fields.ts';
import { changedSettings } from './settings.ts';
import { propsOfSettings } from './settings-of-props.ts';

/** What the stack is made of. */
export interface ImageUpdatesStackProps {
  readonly settings: StackSettings;
  /** The function's bundle. */
  readonly code: Code;
}

/** Speaks of settings by the names that they were given under. */
class ImageUpdatesOfSettings extends ImageUpdates {
  protected override inWordsOfUser(text: string): string {
    return text;
  }
}

/** One `ImageUpdates` in its own stack, with outputs and managed policies for people. */
export class ImageUpdatesStack extends Stack {
  constructor(scope: Construct, { settings, code }: ImageUpdatesStackProps) {
    const { stackName, terminationProtection, tags } = settings;
    super(scope, stackName, {
      stackName,
      description: 'Event-driven updates of image metadata at FinerWorks',
      terminationProtection: terminationProtection === 'on',
    });
    // `cdk diff` shows what becomes of settings, by their names and before it shows what follows from that.
    this.templateOptions.metadata = { Settings: changedSettings(settings) };
    const updates = new ImageUpdatesOfSettings(this, 'ImageUpdates', {
      ...propsOfSettings(settings),
      ...existingResources(this, settings),
      code,
    });
    for (const [name, value] of tagsOf(tags)) Tags.of(this).add(name, value);
    const producers = new ManagedPolicy(this, 'ProducerPolicy', {
      description: 'Lets a role send change events of images',
    });
    updates.grantSend(producers);
    const operators = new ManagedPolicy(this, 'RedrivePolicy', {
      description: 'Lets a role look at, redrive and delete dead letters of image updates',
    });
    updates.grantRedrive(operators);

    const { queue, deadLetterQueue, ledger, monitoring } = updates;
    this.#output('QueueUrl', queue.queueUrl, 'Where producers send events');
    this.#output('QueueArn', queue.queueArn, 'For policies, rules and subscriptions');
    this.#output('DeadLetterQueueUrl', deadLetterQueue.queueUrl, 'What can never succeed');
    this.#output('DeadLetterQueueArn', deadLetterQueue.queueArn, 'For redrives and alarms');
    if (ledger !== undefined) {
      this.#output('LedgerTableName', ledger.tableName, 'What became of each image');
    }
    this.#output('FunctionName', updates.function.functionName, 'For its logs and metrics');
    if (monitoring !== undefined) {
      const { page, ticket } = monitoring.topics;
      this.#output('DashboardUrl', monitoring.dashboardUrl, 'How it goes, at a glance');
      this.#output('PageTopicArn', page.topicArn, 'Alarms that wake somebody');
      this.#output('TicketTopicArn', ticket.topicArn, 'Alarms that can wait');
    }
    this.#output('ProducerPolicyArn', producers.managedPolicyArn, 'For the roles of producers');
    this.#output('RedrivePolicyArn', operators.managedPolicyArn, 'For whoever redrives');
  }

  #output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
