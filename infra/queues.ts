import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type Settings, visibilityTimeoutSeconds } from './settings.ts';

/** A dead letter keeps its first sending's time on a standard queue: 14 days, the most there is. */
const DEAD_LETTER_RETENTION = Duration.days(14);
/** Shorter by far than the dead-letter queue's, so that what is moved late still has days left. */
const RETENTION = Duration.days(7);

/** The source queue and the queue of what can never succeed. */
export interface Queues {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
}

/**
 * Makes both queues: standard, encrypted, over TLS only, without physical names, and kept when the
 * stack goes, because what is in them exists nowhere else. The dead-letter queue has no
 * `RedriveAllowPolicy`: it would name the source queue, which names the dead-letter queue already,
 * and CloudFormation makes no circle.
 */
export function createQueues(scope: Construct, settings: Settings): Queues {
  const common = {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
  };
  const deadLetterQueue = new Queue(scope, 'DeadLetterQueue', {
    ...common,
    retentionPeriod: DEAD_LETTER_RETENTION,
  });
  const queue = new Queue(scope, 'Queue', {
    ...common,
    retentionPeriod: RETENTION,
    visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds(settings)),
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: settings.maxReceiveCount },
  });
  return { queue, deadLetterQueue };
}
