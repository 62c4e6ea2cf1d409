import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type Metric,
  type MetricDataResult,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch';

/** What the function writes its metrics under (lambda/runtime/powertools.ts). */
export const NAMESPACE = 'FinerWorksImageUpdates';
/** At most so many metrics in one request (AWS: GetMetricData). */
const MAX_QUERIES = 500;
const MINUTE = 60;
const HOUR = 3_600_000;

/** What the function counted within an hour. */
export interface HourOfMetrics {
  /** By metric: `Records`, `DeadLettered` and so on. */
  readonly totals: Readonly<Record<string, number>>;
  /** By metric and reason. */
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Times in seconds, and what holds at a moment: their sum means nothing. */
const NOT_SUMMED = new Set(['Latency', 'ReturnedAge', 'FailingAge', 'CallSize', 'RefusedImages']);

/**
 * Sums what the function counted in the last hour. CloudWatch lists the metrics and reasons, so that none
 * of the function's is missing here.
 *
 * @param functionName whose counts; undefined for those of every deployment in the region
 * @param now milliseconds since 1970
 */
export async function lastHour(
  client: CloudWatchClient,
  functionName: string | undefined,
  now: number,
): Promise<HourOfMetrics> {
  const metrics: Metric[] = [];
  const ofFunction = functionName && [{ Name: 'service', Value: functionName }];
  const filter = { Namespace: NAMESPACE, ...(ofFunction && { Dimensions: ofFunction }) };
  for await (const { Metrics = [] } of paginateListMetrics({ client }, filter)) {
    metrics.push(...Metrics.filter(({ MetricName = '' }) => !NOT_SUMMED.has(MetricName)));
  }
  const sums = await sumsOf(client, metrics, now);
  const totals: Record<string, number> = {};
  const reasons: Record<string, Record<string, number>> = {};
  for (const [at, { MetricName = '', Dimensions = [] }] of metrics.entries()) {
    const sum = sums[at] ?? 0;
    const reason = Dimensions.find(({ Name }) => Name === 'reason')?.Value;
    if (sum === 0) continue;
    if (reason === undefined) totals[MetricName] = (totals[MetricName] ?? 0) + sum;
    else reasons[MetricName] = { ...reasons[MetricName], [reason]: sum };
  }
  return { totals, reasons };
}

/**
 * How old the oldest message of a queue is, in seconds.
 *
 * @returns undefined where CloudWatch has no recent value: SQS writes it only for queues in use
 */
export async function ageOfOldest(
  client: CloudWatchClient,
  queueName: string,
  now: number,
): Promise<number | undefined> {
  const command = new GetMetricDataCommand({
    // SQS writes once a minute, some minutes late (AWS: SQS, CloudWatch metrics).
    StartTime: new Date(now - HOUR / 4),
    EndTime: new Date(now),
    ScanBy: 'TimestampDescending',
    MetricDataQueries: [
      {
        Id: 'age',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SQS',
            MetricName: 'ApproximateAgeOfOldestMessage',
            Dimensions: [{ Name: 'QueueName', Value: queueName }],
          },
          Period: MINUTE,
          Stat: 'Maximum',
        },
      },
    ],
  });
  const { MetricDataResults = [] } = await client.send(command);
  return MetricDataResults[0]?.Values?.[0];
}

/** @returns a sum for each metric, in their order */
async function sumsOf(client: CloudWatchClient, metrics: readonly Metric[], now: number) {
  const sums: number[] = [];
  for (let at = 0; at < metrics.length; at += MAX_QUERIES) {
    const queries = metrics.slice(at, at + MAX_QUERIES).map((metric, index) => ({
      Id: `m${at + index}`,
      MetricStat: { Metric: metric, Period: MINUTE, Stat: 'Sum' },
    }));
    const command = new GetMetricDataCommand({
      StartTime: new Date(now - HOUR),
      EndTime: new Date(now),
      MetricDataQueries: queries,
    });
    const { MetricDataResults = [] } = await client.send(command);
    for (const result of MetricDataResults) sums[positionOf(result)] = sumOf(result);
  }
  return sums;
}

function positionOf({ Id = '' }: MetricDataResult): number {
  return Number(Id.slice(1));
}

function sumOf({ Values = [] }: MetricDataResult): number {
  return Values.reduce((sum, value) => sum + value, 0);
}
