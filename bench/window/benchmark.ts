import { table } from '../../scripts/docs/table.ts';
import { MEAN_DELAY } from '../answer-delays.ts';
import { defineBenchmark, type Rendered } from '../benchmark.ts';
import {
  DEFAULT_WINDOW,
  FEWER_POLLERS,
  MILLION,
  measureWindow,
  POLLERS,
  RATES,
  type Row,
  SHORT_WINDOW,
  WITHOUT_WINDOW,
  WindowResult,
} from './measure.ts';

const SECONDS_OF_MONTH = 30 * 86_400;
/** Seconds besides the window after which the last event is applied where a setting keeps up. */
const SLACK_SECONDS = 10;

/** What a batching window costs in latency, and saves in calls and dollars: on the simulation's clock. */
export const window = defineBenchmark({
  name: 'window',
  title: 'The batching window, in virtual time',
  schema: WindowResult,
  measure: measureWindow,
  render: renderWindow,
});

function renderWindow({ rows }: WindowResult): Rendered {
  const header = [
    'events a second',
    'window',
    'update calls',
    'list calls',
    'invocations',
    'p50, s',
    'p99, s',
    '$ for a million',
    '$ a month',
    'two pollers: update calls, p50',
    'violations',
  ];
  const cells = rowsOf(rows, POLLERS).map((row) => {
    const fewer = rowsOf(rows, FEWER_POLLERS).find((other) => isSameCase(row, other)) ?? row;
    const isFewerEnough = keepsUp(fewer) ? `${fewer.p50.toFixed(1)} s` : FALLS_BEHIND;
    return [
      `${row.eventsPerSecond}`,
      `${row.windowSeconds} s`,
      ofThousand(row, row.updateCalls),
      ofThousand(row, row.listCalls),
      ofThousand(row, row.invocations),
      keepsUp(row) ? row.p50.toFixed(1) : FALLS_BEHIND,
      keepsUp(row) ? row.p99.toFixed(1) : '',
      row.dollarsPerMillion.toFixed(2),
      dollarsAMonth(row).toFixed(2),
      `${ofThousand(fewer, fewer.updateCalls)}, ${isFewerEnough}`,
      `${row.violations + fewer.violations}`,
    ];
  });
  return {
    text: `Events come steadily, each about another image, with the defaults but for the window, where FinerWorks answers after
${MEAN_DELAY} s on average. Calls and invocations are those for 1,000 events; times are from sending an event until FinerWorks has
confirmed it. Without a window a batch holds ${WITHOUT_WINDOW} events at most (\`batchSize=${WITHOUT_WINDOW}\`). One run of each with one seed.

${table(header, cells)}

${[...RATES.keys()].map((rate) => comparison(rowsOf(rows, POLLERS).filter(({ eventsPerSecond }) => eventsPerSecond === rate))).join('\n')}

A window saves less than its length suggests, because several pollers gather side by side, and each event goes into the batch
of one of them. Lambda begins with ${POLLERS} batches at once, and with \`maxConcurrency\` it does not go down to fewer
(AWS: [Lambda with SQS](https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html), scaling). Whether ${POLLERS} of
them gather where two invocations may run is not documented, so the last column but one has the other case: the truth lies
between. Dollars are computed from the prices of the [cost](cost.md), without what happens each month anyway; invocations take the time
that they wait here, without a processor's. That Lambda
[may wait up to 20 s](settings.md) with very little traffic is not in these figures.`,
    charts: {},
  };
}

const FALLS_BEHIND = '**falls behind**';

/** What a short window takes and gives, compared with the default. @param rows of one rate */
function comparison(rows: readonly Row[]): string {
  const [short, usual] = [SHORT_WINDOW, DEFAULT_WINDOW].map((seconds) =>
    rows.find(({ windowSeconds }) => windowSeconds === seconds),
  );
  if (short === undefined || usual === undefined) return '';
  const factor = (short.updateCalls / usual.updateCalls).toFixed(1);
  const more = (dollarsAMonth(short) - dollarsAMonth(usual)).toFixed(0);
  const sooner = (usual.p50 - short.p50).toFixed(1);
  return `- At ${short.eventsPerSecond} a second a window of ${SHORT_WINDOW} s takes ${factor} times the update calls of the default, ${DEFAULT_WINDOW} s, and $${more} more a month; half of the changes are there ${sooner} s sooner.`;
}

function rowsOf(rows: readonly Row[], pollers: number): Row[] {
  return rows.filter((row) => row.pollers === pollers);
}

function isSameCase(a: Row, b: Row): boolean {
  return a.eventsPerSecond === b.eventsPerSecond && a.windowSeconds === b.windowSeconds;
}

function ofThousand({ events }: Row, count: number): string {
  return ((count / events) * 1_000).toFixed(0);
}

function dollarsAMonth({ dollarsPerMillion, eventsPerSecond }: Row): number {
  return (dollarsPerMillion * eventsPerSecond * SECONDS_OF_MONTH) / MILLION;
}

function keepsUp({ lag, windowSeconds }: Row): boolean {
  return lag <= windowSeconds + SLACK_SECONDS;
}
