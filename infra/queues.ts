import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type IQueue, Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { encryptionOf } from './encryption.ts';
import type { Settings } from './setting-fields.ts';
import { visibilityTimeoutSeconds } from './settings.ts';

/** 14 days, the most there is: on a standard queue a dead letter keeps the time of its first sending. */
export const DEAD_LETTER_RETENTION = Duration.days(14);
/** 7 days: much shorter than the dead-letter queue's, so that a message that is moved late has days left. */
export const RETENTION_HOURS = 168;

/** The source queue and the dead-letter queue. */
export interface Queues {
  readonly queue: IQueue;
  readonly deadLetterQueue: IQueue;
  /** How long the source queue keeps a message. */
  readonly retentionHours: number;
  /** The key of both, unless it is SQS's own. */
  readonly key: IKey | undefined;
  /** Those that it was before: messages that were sent under them may still be there. */
  readonly formerKeys: readonly IKey[];
}

/** Existing queues, which are used instead of new ones. */
export type GivenQueues = Partial<
  Pick<Queues, 'queue' | 'deadLetterQueue' | 'retentionHours' | 'formerKeys'>
>;

/**
 * Makes the queues that are not given: standard, encrypted, over TLS only, without physical names, and
 * kept when the stack goes, because their messages exist nowhere else. The dead-letter queue of a given
 * FIFO queue is FIFO too, as SQS requires (AWS: dead-letter queues). It has no `RedriveAllowPolicy`: that
 * would name the source queue, which names the dead-letter queue already, and CloudFormation allows no
 * circular references.
 */
export function createQueues(
  scope: Construct,
  settings: Settings,
  key: IKey | undefined,
  given: GivenQueues = {},
): Queues {
  const deadLetterQueue =
    given.deadLetterQueue ??
    createDeadLetterQueue(scope, 'DeadLetterQueue', key, given.queue?.fifo === true);
  const queue =
    given.queue ??
    new Queue(scope, 'Queue', {
      ...keptAndEncrypted(key),
      retentionPeriod: Duration.hours(RETENTION_HOURS),
      visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds(settings)),
      deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: settings.maxReceiveCount },
    });
  const { retentionHours = RETENTION_HOURS, formerKeys = [] } = given;
  return { queue, deadLetterQueue, retentionHours, key, formerKeys };
}

/** A queue for people to read, kept for as long as SQS allows. */
export function createDeadLetterQueue(
  scope: Construct,
  id: string,
  key: IKey | undefined,
  isFifo = false,
): Queue {
  return new Queue(scope, id, {
    ...keptAndEncrypted(key),
    retentionPeriod: DEAD_LETTER_RETENTION,
    ...(isFifo && { fifo: true }),
  });
}

function keptAndEncrypted(key: IKey | undefined): QueueProps {
  return {
    ...encryptionOf(key),
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  };
}
