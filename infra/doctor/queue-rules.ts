import { CfnQueue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import * as z from 'zod';
import { type Settings, visibilityTimeoutSeconds } from '../settings.ts';

/** What SQS takes where nothing is set, in seconds (AWS: SQS, queue parameters). */
const DEFAULT_VISIBILITY = 30;
const DEFAULT_RETENTION = 345_600;
const FOURTEEN_DAYS = 1_209_600;

const RedrivePolicy = z.object({ maxReceiveCount: z.number() });

/** What the doctor has to say of a queue that was not made by the construct. */
export interface QueueFinding {
  readonly rule: string;
  readonly level: 'refuse' | 'warn';
  readonly setting: 'queue' | 'deadLetterQueue';
  readonly message: string;
}

/** Looks at given queues, as far as their properties can be known before they are deployed. */
export function diagnoseQueues(
  settings: Settings,
  given: { readonly queue: IQueue | undefined; readonly deadLetterQueue: IQueue | undefined },
): QueueFinding[] {
  const findings: QueueFinding[] = [];
  if (given.queue !== undefined) findings.push(...diagnoseQueue(settings, given.queue));
  const retention = propertiesOf(given.deadLetterQueue)?.messageRetentionPeriod;
  if (given.deadLetterQueue !== undefined && (retention ?? FOURTEEN_DAYS) < FOURTEEN_DAYS) {
    findings.push({
      rule: 'dead-letter-retention',
      level: 'warn',
      setting: 'deadLetterQueue',
      message: `keeps messages for ${retention} s, counted from their first sending: set retentionPeriod to 14 days, the most there is`,
    });
  }
  return findings;
}

function diagnoseQueue(settings: Settings, queue: IQueue): QueueFinding[] {
  const say = (level: QueueFinding['level'], rule: string, message: string): QueueFinding[] => [
    { rule, level, setting: 'queue', message },
  ];
  if (queue.fifo) {
    return say(
      'refuse',
      'fifo',
      'is a FIFO queue: it brings at most 10 records a batch, and order is by event time anyway',
    );
  }
  const advised = visibilityTimeoutSeconds(settings);
  const properties = propertiesOf(queue);
  if (properties === undefined) {
    const demands = `its visibility time-out must be at least ${advised} s, and maxReceiveCount=${settings.maxReceiveCount} that of its redrive policy`;
    return say('warn', 'imported-queue', `is not of this app, so check it yourself: ${demands}`);
  }
  const { visibilityTimeout, maxReceiveCount } = properties;
  if (visibilityTimeout < settings.timeoutSeconds) {
    return say(
      'refuse',
      'visibility',
      `hides messages for ${visibilityTimeout} s, less than timeoutSeconds=${settings.timeoutSeconds}, which Lambda rejects: set visibilityTimeout to ${advised} s`,
    );
  }
  if (maxReceiveCount !== undefined && maxReceiveCount !== settings.maxReceiveCount) {
    return say(
      'refuse',
      'receive-count',
      `moves messages after ${maxReceiveCount} receives, but maxReceiveCount=${settings.maxReceiveCount}: only if both are the same does a dead letter have its reason`,
    );
  }
  if (visibilityTimeout >= advised) return [];
  return say(
    'warn',
    'visibility',
    `hides messages for ${visibilityTimeout} s: set visibilityTimeout to ${advised} s, six times timeoutSeconds and the window (AWS: Lambda with SQS, configuring)`,
  );
}

/** The numbers of a queue that is made in this app, in seconds; undefined for an imported one. */
function propertiesOf(queue: IQueue | undefined) {
  const resource = queue?.node.defaultChild;
  if (!(resource instanceof CfnQueue)) return undefined;
  return {
    visibilityTimeout: resource.visibilityTimeout ?? DEFAULT_VISIBILITY,
    messageRetentionPeriod: resource.messageRetentionPeriod ?? DEFAULT_RETENTION,
    maxReceiveCount: RedrivePolicy.safeParse(resource.redrivePolicy).data?.maxReceiveCount,
  };
}
