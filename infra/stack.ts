import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { SOURCE_TITLES } from '../webhooks/sources/source-names.ts';
import { createRolePolicies } from './access/role-policies.ts';
import { existingResources } from './existing-resources.ts';
import { ImageUpdates } from './image-updates.ts';
import { tagsOf } from './operation-fields.ts';
import type { StackSettings } from './setting-fields.ts';
import { changedSettings } from './settings.ts';
import { propsOfSettings } from './settings-of-props.ts';
import { doorOutputsOf } from './webhooks/door-outputs.ts';

/** What the stack is made of. */
export interface ImageUpdatesStackProps {
  readonly settings: StackSettings;
  /** The function's bundle. */
  readonly code: Code;
  /** That of the doors for webhooks; as the construct has it by default. */
  readonly doorCode?: Code;
}

/** Speaks of settings by the names that they were given under. */
class ImageUpdatesOfSettings extends ImageUpdates {
  protected override inWordsOfUser(text: string): string {
    return text;
  }
}

/** One `ImageUpdates` in its own stack, with outputs and managed policies for people. */
export class ImageUpdatesStack extends Stack {
  constructor(scope: Construct, { settings, code, doorCode }: ImageUpdatesStackProps) {
    const { stackName, tags } = settings;
    const isProtected = settings.terminationProtection === 'on';
    super(scope, stackName, {
      stackName,
      description: 'Event-driven updates of image metadata at FinerWorks',
      terminationProtection: isProtected,
    });
    // `cdk diff` shows what becomes of settings, by their names and before the resources that follow from that.
    this.templateOptions.metadata = { Settings: changedSettings(settings) };
    const updates = new ImageUpdatesOfSettings(this, 'ImageUpdates', {
      ...propsOfSettings(settings),
      ...existingResources(this, settings),
      deletionProtection: isProtected,
      code,
      ...(doorCode && { doorCode }),
    });
    for (const [name, value] of tagsOf(tags)) Tags.of(this).add(name, value);
    const policies = createRolePolicies(this, updates);

    const { queue, deadLetterQueue, undelivered, ledger, trail, monitoring } = updates;
    this.#output('QueueUrl', queue.queueUrl, 'Where producers send events');
    this.#output('QueueArn', queue.queueArn, 'For policies, rules and subscriptions');
    this.#output('DeadLetterQueueUrl', deadLetterQueue.queueUrl, 'What can never succeed');
    this.#output('DeadLetterQueueArn', deadLetterQueue.queueArn, 'For redrives and alarms');
    if (undelivered.topic !== undefined) {
      this.#output(
        'TopicUndeliveredUrl',
        undelivered.topic.queueUrl,
        'What the topic could not deliver',
      );
    }
    if (undelivered.rule !== undefined) {
      this.#output(
        'RuleUndeliveredUrl',
        undelivered.rule.queueUrl,
        'What the rule could not deliver',
      );
    }
    for (const door of updates.doors) {
      const names = doorOutputsOf(door.source);
      const title = SOURCE_TITLES[door.source];
      this.#output(names.url, door.url, `Where ${title} sends its webhooks`);
      this.#output(names.functionName, door.function.functionName, `The door for ${title}`);
    }
    if (undelivered.webhooks !== undefined) {
      this.#output(
        'WebhooksUndeliveredUrl',
        undelivered.webhooks.queueUrl,
        'Webhooks that could not be mapped',
      );
    }
    if (ledger !== undefined) {
      this.#output('LedgerTableName', ledger.tableName, 'What is known of each image');
    }
    if (trail !== undefined) {
      this.#output('TrailTableName', trail.tableName, 'What became of each event');
    }
    this.#output('FunctionName', updates.function.functionName, 'For its logs and metrics');
    if (monitoring !== undefined) {
      const { page, ticket } = monitoring.topics;
      this.#output('DashboardUrl', monitoring.dashboardUrl, 'How it goes, at a glance');
      this.#output('PageTopicArn', page.topicArn, 'Alarms that wake somebody');
      this.#output('TicketTopicArn', ticket.topicArn, 'Alarms that can wait');
    }
    const { producer, viewer, operator } = policies;
    this.#output('ProducerPolicyArn', producer.managedPolicyArn, 'For the roles of producers');
    this.#output('ViewerPolicyArn', viewer.managedPolicyArn, 'For people who look on');
    this.#output('OperatorPolicyArn', operator.managedPolicyArn, 'For people on call');
  }

  #output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
