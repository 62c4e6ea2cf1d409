import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { ImageUpdatesProps } from '../image-updates-props.ts';
import type { Settings } from '../setting-fields.ts';
import type { QueueFinding } from './rule.ts';

/** The traps of a FIFO queue that is there already. */
export function diagnoseFifo(
  { heartbeatMinutes }: Pick<Settings, 'heartbeatMinutes'>,
  {
    queue,
    deadLetterQueue,
    topic,
    eventRule,
  }: Pick<ImageUpdatesProps, 'queue' | 'deadLetterQueue' | 'topic' | 'eventRule'>,
): QueueFinding[] {
  const findings: QueueFinding[] = [];
  const isFifo = queue?.fifo === true;
  if (isFifo) {
    findings.push({
      rule: 'fifo',
      level: 'warn',
      setting: 'queue',
      message:
        'is a FIFO queue: batches of 10 at most and no window make calls of few images, and what comes back holds up its whole group; a standard queue is the better choice, since order is by event time anyway',
    });
  }
  if (isFifo && (topic ?? eventRule) !== undefined) {
    findings.push({
      rule: 'fifo-sources',
      level: 'refuse',
      setting: 'queue',
      message:
        'is a FIFO queue, which topic and eventRule send nothing to: they name no group of a message; use a standard queue, or connect them yourself',
    });
  }
  // Of a queue that is not of this app nobody knows.
  const resource = queue?.node.defaultChild;
  const isBare = resource instanceof CfnQueue && resource.contentBasedDeduplication !== true;
  if (isFifo && isBare && heartbeatMinutes !== undefined) {
    findings.push({
      rule: 'fifo-heartbeat',
      level: 'refuse',
      setting: 'heartbeatMinutes',
      message:
        'would put nothing on a FIFO queue without contentBasedDeduplication, since EventBridge Scheduler gives messages no deduplication id: turn that on for the queue, or leave heartbeats out',
    });
  }
  if (deadLetterQueue !== undefined && deadLetterQueue.fifo !== isFifo) {
    const [must, as] = isFifo ? ['FIFO', 'a FIFO'] : ['standard', 'a standard'];
    findings.push({
      rule: 'dead-letter-kind',
      level: 'refuse',
      setting: 'deadLetterQueue',
      message: `must be ${must}, as the queue is: SQS moves messages of ${as} queue to no other (AWS: dead-letter queues)`,
    });
  }
  return findings;
}
