import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';

/** A curve: one value for each time of its chart, `null` where nothing was counted. */
export interface Curve {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** Curves of one unit over the same times. */
export interface Chart {
  readonly title: string;
  readonly unit: string;
  /** Seconds since 1970, in steps of the period. */
  readonly times: readonly number[];
  readonly curves: readonly Curve[];
}

/** What is charted, and how it is counted. */
interface Measure {
  readonly label: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimension: readonly [name: string, value: string];
  readonly stat: 'Sum' | 'Maximum';
}

/** What a deployment's charts are about. */
export interface Charted {
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  /** Undefined where only the queue is known. */
  readonly functionName: string | undefined;
}

const MINUTE = 60;
const HOUR = 3_600;
/** So many points fit a screen; CloudWatch keeps minutes for 15 days (AWS: CloudWatch, metrics retention). */
const MAX_POINTS = 400;
const PERIODS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR];

/**
 * Reads the charts of the last hours.
 *
 * @param hours 1 to 336, which are 14 days
 * @param now milliseconds since 1970
 */
export async function chartsOf(
  client: CloudWatchClient,
  charted: Charted,
  hours: number,
  now: number,
): Promise<Chart[]> {
  const period = PERIODS.find((one) => (hours * HOUR) / one <= MAX_POINTS) ?? HOUR;
  // The period that is not over yet counts too: it is the one that people ask about.
  const end = Math.ceil(now / 1_000 / period) * period;
  const times = Array.from(
    { length: Math.ceil((hours * HOUR) / period) },
    (_, at) => end - hours * HOUR + at * period,
  );
  const wanted = measuresOf(charted);
  const queries = wanted.flatMap(({ measures }) => measures);
  const command = new GetMetricDataCommand({
    StartTime: new Date((times[0] ?? end) * 1_000),
    EndTime: new Date(end * 1_000),
    MetricDataQueries: queries.map((measure, at) => queryOf(measure, at, period)),
  });
  // 7 curves of 400 points are far from the 100,800 that one answer holds (AWS: GetMetricData).
  const { MetricDataResults = [] } = await client.send(command);
  const values = new Map<string, ReadonlyMap<number, number>>();
  for (const { Id = '', Timestamps = [], Values = [] } of MetricDataResults) {
    const points = Timestamps.map((time, at) => [time.getTime() / 1_000, Values[at] ?? 0] as const);
    values.set(Id, new Map(points));
  }
  let nth = 0;
  return wanted.map(({ title, unit, measures }) => ({
    ...{ title, unit, times },
    curves: measures.map(({ label }) => {
      const points = values.get(`m${nth++}`);
      return { label, values: times.map((time) => points?.get(time) ?? null) };
    }),
  }));
}

function measuresOf({ queueName, deadLetterQueueName, functionName }: Charted) {
  const ofQueue = (label: string, metric: string, name: string): Measure => ({
    ...{ label, metric, namespace: 'AWS/SQS', stat: 'Maximum' },
    dimension: ['QueueName', name],
  });
  const own = (label: string, metric: string): Measure => ({
    ...{ label, metric, namespace: 'FinerWorksImageUpdates', stat: 'Sum' },
    dimension: ['service', functionName ?? ''],
  });
  const visible = 'ApproximateNumberOfMessagesVisible';
  const charts = [
    {
      title: 'Messages',
      unit: 'messages',
      measures: [
        ofQueue('waiting', visible, queueName),
        ofQueue('dead letters', visible, deadLetterQueueName),
      ],
    },
    {
      title: 'Oldest message',
      unit: 'seconds',
      measures: [ofQueue('oldest', 'ApproximateAgeOfOldestMessage', queueName)],
    },
  ];
  if (functionName === undefined) return charts;
  return [
    ...charts,
    {
      title: 'Throughput',
      unit: 'a period',
      measures: [own('images', 'Images'), own('calls', 'Calls')],
    },
    {
      title: 'Failures',
      unit: 'a period',
      measures: [own('returned', 'Returned'), own('dead-lettered', 'DeadLettered')],
    },
  ];
}

function queryOf({ namespace, metric, dimension, stat }: Measure, at: number, period: number) {
  const [Name, Value] = dimension;
  return {
    Id: `m${at}`,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: metric, Dimensions: [{ Name, Value }] },
      Period: period,
      Stat: stat,
    },
  } satisfies MetricDataQuery;
}
