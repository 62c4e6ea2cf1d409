import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type IQueue, Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { encryptionOf } from './encryption.ts';
import type { Settings } from './setting-fields.ts';
import { visibilityTimeoutSeconds } from './settings.ts';

/** A dead letter keeps its first sending's time on a standard queue: 14 days, the most there is. */
export const DEAD_LETTER_RETENTION = Duration.days(14);
/** 7 days: shorter by far than the dead-letter queue's, so that what is moved late still has days left. */
export const RETENTION_HOURS = 168;

/** The source queue and the queue of what can never succeed. */
export interface Queues {
  readonly queue: IQueue;
  readonly deadLetterQueue: IQueue;
  /** How long the source queue keeps a message. */
  readonly retentionHours: number;
  /** The key of both where it is no one of SQS's own. */
  readonly key: IKey | undefined;
}

/** Queues that are there already, in the place of those that would be made. */
export type GivenQueues = Partial<Pick<Queues, 'queue' | 'deadLetterQueue' | 'retentionHours'>>;

/**
 * Makes both queues, as far as none is given: standard, encrypted, over TLS only, without physical
 * names, and kept when the stack goes, because what is in them exists nowhere else. The dead letters
 * of a given FIFO queue go to a FIFO queue, as SQS wants it (AWS: dead-letter queues). The dead-letter
 * queue has no `RedriveAllowPolicy`: it would name the source queue, which names the dead-letter
 * queue already, and CloudFormation makes no circle.
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
  const { retentionHours = RETENTION_HOURS } = given;
  return { queue, deadLetterQueue, retentionHours, key };
}

/** A queue of what somebody has to look at, for as long as SQS keeps anything. */
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
  return { ...encryptionOf(key), enforceSSL: true, removalPolicy: RemovalPolicy.RETAIN };
}
