import { type AlarmState, alarmStates } from '../../../cli/aws/alarms.ts';
import { findMapping } from '../../../cli/aws/event-source-mapping.ts';
import { ageOfOldest, type HourOfMetrics, lastHour } from '../../../cli/aws/metrics.ts';
import {
  depthOf,
  type QueueAttributes,
  queueAttributes,
  queueNameOf,
} from '../../../cli/aws/queue-attributes.ts';
import { hasService } from '../../../cli/aws/reachable.ts';
import { type Known, known } from '../../../cli/known.ts';
import type { Managed } from '../managed.ts';

/** One of the queues, as the page shows it. */
export interface QueueOverview extends Pick<QueueAttributes, 'visible' | 'inFlight' | 'delayed'> {
  readonly name: string;
  readonly oldestSeconds: Known<number | null>;
}

/** How a deployment is doing. */
export interface Overview {
  readonly queue: QueueOverview;
  readonly deadLetterQueue: QueueOverview;
  /** Whether Lambda takes events. */
  readonly mapping: Known<string>;
  readonly lastHour: Known<HourOfMetrics>;
  /** Null where only the queue is known. */
  readonly alarms: Known<readonly AlarmState[] | null>;
}

/** Reads how a deployment is doing, and notes the depths of its queues. */
export async function overviewOf(managed: Managed): Promise<Overview> {
  const { deployment, clients, terminal, samples } = managed;
  const queueUrl = await deployment.queueUrl();
  const [queue, deadLetterQueue] = await Promise.all([
    queueAttributes(clients.sqs, queueUrl),
    queueAttributes(clients.sqs, await deployment.deadLetterQueueUrl()),
  ]);
  samples.add({ at: Date.now(), queue: depthOf(queue), deadLetters: depthOf(deadLetterQueue) });
  const hasMetrics = hasService('CLOUDWATCH', queueUrl, terminal);
  const functionName = () => deployment.functionName();
  const [ofQueue, ofDeadLetters, mapping, hour, alarms] = await Promise.all([
    queueOverview(queue, hasMetrics, managed),
    queueOverview(deadLetterQueue, hasMetrics, managed),
    known(hasService('LAMBDA', queueUrl, terminal), async () => {
      return (await findMapping(clients.lambda, queue.arn, await functionName())).state;
    }),
    known(hasMetrics, async () => lastHour(clients.cloudWatch, await functionName(), Date.now())),
    known(hasMetrics, async () => (await alarmStates(deployment, clients.cloudWatch)) ?? null),
  ]);
  return {
    ...{ queue: ofQueue, deadLetterQueue: ofDeadLetters },
    ...{ mapping, lastHour: hour, alarms },
  };
}

async function queueOverview(
  { arn, visible, inFlight, delayed }: QueueAttributes,
  hasMetrics: boolean,
  { clients }: Managed,
): Promise<QueueOverview> {
  const name = queueNameOf(arn);
  const oldestSeconds = await known(
    hasMetrics,
    async () => (await ageOfOldest(clients.cloudWatch, name, Date.now())) ?? null,
  );
  return { name, visible, inFlight, delayed, oldestSeconds };
}
