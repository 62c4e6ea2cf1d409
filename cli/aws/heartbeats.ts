import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { NAMESPACE } from './metrics.ts';

const MINUTE = 60_000;

/** Puts a heartbeat on a queue: a message that goes the whole way to FinerWorks and changes nothing. */
export async function sendHeartbeat(client: SQSClient, queueUrl: string, id: string) {
  const ofFifo = { MessageGroupId: 'heartbeat', MessageDeduplicationId: id };
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: JSON.stringify({ heartbeat: id }),
      ...(queueUrl.endsWith('.fifo') && ofFifo),
    }),
  );
}

/** What the function counted since a minute began. */
export interface Beats {
  /** Heartbeats that FinerWorks answered. */
  readonly answered: number;
  /** Invocations that had any, answered or not. */
  readonly invocations: number;
}

/**
 * Reads how many heartbeats were answered.
 *
 * @param since milliseconds since 1970; the whole minute counts
 * @param now milliseconds since 1970
 */
export async function heartbeatsSince(
  client: CloudWatchClient,
  functionName: string,
  since: number,
  now: number,
): Promise<Beats> {
  const query = (Id: string, Stat: string) => ({
    Id,
    MetricStat: {
      Metric: {
        Namespace: NAMESPACE,
        MetricName: 'Heartbeats',
        Dimensions: [{ Name: 'service', Value: functionName }],
      },
      Period: MINUTE / 1_000,
      Stat,
    },
  });
  const command = new GetMetricDataCommand({
    StartTime: new Date(Math.floor(since / MINUTE) * MINUTE),
    EndTime: new Date(now + MINUTE),
    MetricDataQueries: [query('answered', 'Sum'), query('invocations', 'SampleCount')],
  });
  const { MetricDataResults = [] } = await client.send(command);
  const sumOf = (id: string) =>
    MetricDataResults.filter(({ Id }) => Id === id)
      .flatMap(({ Values = [] }) => Values)
      .reduce((sum, value) => sum + value, 0);
  return { answered: sumOf('answered'), invocations: sumOf('invocations') };
}
