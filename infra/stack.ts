import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { createFunction } from './function.ts';
import { createLedger } from './ledger.ts';
import { createQueues } from './queues.ts';
import type { Settings } from './settings.ts';

const REMOVAL_WARNING =
  'virtualInventory=remove: every update of an image in the inventory library removes its virtual inventory products, which shops sell; protect is the default';

/** What the stack is made of. */
export interface ImageUpdatesStackProps {
  readonly settings: Settings;
  /** The function's bundle. */
  readonly code: Code;
}

/** The queue, the function that consumes it, its memory, and the queue of dead letters. */
export class ImageUpdatesStack extends Stack {
  constructor(scope: Construct, { settings, code }: ImageUpdatesStackProps) {
    super(scope, settings.stackName, {
      stackName: settings.stackName,
      description: 'Event-driven updates of image metadata at FinerWorks',
    });
    if (settings.virtualInventory === 'remove') {
      Annotations.of(this).addWarningV2('image-updates:virtualInventory', REMOVAL_WARNING);
    }
    const queues = createQueues(this, settings);
    const ledger = settings.ledger === 'on' ? createLedger(this) : undefined;
    const updates = createFunction(this, settings, queues, ledger, code);
    this.#output('QueueUrl', queues.queue.queueUrl, 'Where producers send events');
    this.#output('QueueArn', queues.queue.queueArn, 'For policies, rules and subscriptions');
    this.#output('DeadLetterQueueUrl', queues.deadLetterQueue.queueUrl, 'What can never succeed');
    this.#output('DeadLetterQueueArn', queues.deadLetterQueue.queueArn, 'For redrives and alarms');
    if (ledger !== undefined) {
      this.#output('LedgerTableName', ledger.tableName, 'What became of each image');
    }
    this.#output('FunctionName', updates.functionName, 'For its logs and metrics');
  }

  #output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
