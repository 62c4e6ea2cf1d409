import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { createFunction } from './function.ts';
import { createQueues } from './queues.ts';
import type { Settings } from './settings.ts';

/** What the stack is made of. */
export interface ImageUpdatesStackProps {
  readonly settings: Settings;
  /** The function's bundle. */
  readonly code: Code;
}

/** The queue, the function that consumes it, and the queue of dead letters. */
export class ImageUpdatesStack extends Stack {
  constructor(scope: Construct, { settings, code }: ImageUpdatesStackProps) {
    super(scope, settings.stackName, {
      stackName: settings.stackName,
      description: 'Event-driven updates of image metadata at FinerWorks',
    });
    const queues = createQueues(this, settings);
    const updates = createFunction(this, settings, queues, code);
    this.#output('QueueUrl', queues.queue.queueUrl, 'Where producers send events');
    this.#output('QueueArn', queues.queue.queueArn, 'For policies, rules and subscriptions');
    this.#output('DeadLetterQueueUrl', queues.deadLetterQueue.queueUrl, 'What can never succeed');
    this.#output('DeadLetterQueueArn', queues.deadLetterQueue.queueArn, 'For redrives and alarms');
    this.#output('FunctionName', updates.functionName, 'For its logs and metrics');
  }

  #output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
