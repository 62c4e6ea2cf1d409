import type { Duration } from 'aws-cdk-lib';
import { CfnQueue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import * as z from 'zod';
import type { ImageUpdatesProps } from '../image-updates-props.ts';
import { RETENTION_HOURS } from '../queues.ts';
import type { Settings } from '../setting-fields.ts';
import { visibilityTimeoutSeconds } from '../settings.ts';
import { diagnoseFifo } from './fifo-rules.ts';
import type { QueueFinding } from './rule.ts';

/** Defaults of SQS, in seconds (AWS: SQS, queue parameters). */
const DEFAULT_VISIBILITY = 30;
const DEFAULT_RETENTION = 345_600;
const FOURTEEN_DAYS = 1_209_600;

const RedrivePolicy = z.object({ maxReceiveCount: z.number() });

/** Existing queues, with their properties as given, and who else sends to them. */
type Given = Pick<
  ImageUpdatesProps,
  'queue' | 'queueRetention' | 'deadLetterQueue' | 'topic' | 'eventRule'
>;

/** Hours that the queue keeps a message: as it is made, as the settings say, or SQS's default. */
export function retentionHoursOf({ queue, queueRetention }: Given): number {
  if (queue === undefined) return RETENTION_HOURS;
  const seconds = propertiesOf(queue)?.messageRetentionPeriod;
  if (seconds === undefined) return toldHours(queueRetention) ?? DEFAULT_RETENTION / 3_600;
  return Math.max(1, Math.floor(seconds / 3_600));
}

/** Checks given queues, as far as their properties are known before the deployment. */
export function diagnoseQueues(settings: Settings, given: Given): QueueFinding[] {
  const findings = [...diagnoseFifo(settings, given), ...diagnoseRetention(settings, given)];
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
  const advised = visibilityTimeoutSeconds(settings, queue.fifo);
  const properties = propertiesOf(queue);
  if (properties === undefined) {
    const demands = `its visibility timeout must be at least ${advised} s, maxReceiveCount=${settings.maxReceiveCount} that of its redrive policy, and queueRetention its retention`;
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

function diagnoseRetention(settings: Settings, given: Given): QueueFinding[] {
  const { queue, queueRetention } = given;
  const told = toldHours(queueRetention);
  const hours = retentionHoursOf(given);
  const isWhole = told === undefined || (Number.isInteger(told) && told >= 1 && told <= 336);
  const isOther = told !== undefined && told !== hours;
  if (!isWhole || isOther) {
    const rule = isWhole
      ? `is ${hours}, as ${queue === undefined ? 'the queue is made' : 'the queue says'}: leave it out`
      : 'must be a whole number from 1 to 336, the hours that the queue keeps a message';
    return [{ rule: 'retention', level: 'refuse', setting: 'queueRetention', message: rule }];
  }
  if (settings.retryHours <= hours) return [];
  const message = `is more than the ${hours} hours that the queue keeps a message, so that what still fails is given up before it expires`;
  return [{ rule: 'retention', level: 'warn', setting: 'retryHours', message }];
}

function toldHours(retention: Duration | undefined): number | undefined {
  return retention?.toHours({ integral: false });
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
