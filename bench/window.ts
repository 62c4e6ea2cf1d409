import { fileURLToPath } from 'node:url';
import { quantile } from 'simple-statistics';
import * as z from 'zod';
import { readSettings } from '../infra/settings.ts';
import { logBytes } from '../scripts/docs/cost/backfill.ts';
import { dollarsOf } from '../scripts/docs/cost/prices.ts';
import { trailOf } from '../scripts/docs/cost/trail-batch.ts';
import { table } from '../scripts/docs/table.ts';
import { loadProduct, type Product } from '../simulation/product.ts';
import { START, simulateWorld } from '../simulation/simulate.ts';
import { fullSize } from '../simulation/worlds/full-size.ts';
import { MEAN_DELAY } from './answer-delays.ts';
import { defineBenchmark, type Effort, type Rendered } from './benchmark.ts';

const SEED = 1;
/** Seconds of sending at each number of events a second. */
const RATES = new Map([
  [1, 600],
  [10, 120],
  [100, 40],
]);
/** How much of it is run. */
const SHARE = { full: 1, quick: 0.2 } as const satisfies Record<Effort, number>;
const DEFAULT_WINDOW = readSettings({}).batchingWindowSeconds;
/** The shortest with which batches may hold more than ten. */
const SHORT_WINDOW = 1;
const WINDOWS = [0, SHORT_WINDOW, DEFAULT_WINDOW, 20];
/** The most that Lambda takes into a batch without a window (AWS: Lambda with SQS, configuring). */
const WITHOUT_WINDOW = 10;
/** Lambda begins with five batches at once, and with `maxConcurrency` never polls with fewer (AWS: Lambda with SQS, scaling). */
const POLLERS = 5;
/** As many as there are invocations at once: in case the others wait before they gather. */
const FEWER_POLLERS = 2;
/** Milliseconds of the slowest answer; the mean is three fifths of it. */
const LATENCY = (MEAN_DELAY / 0.6) * 1_000;
/** Seconds besides the window after which the last event is applied where a setting keeps up. */
const SLACK_SECONDS = 10;

const MILLION = 1_000_000;
const SECONDS_OF_MONTH = 30 * 86_400;
const MEMORY_GIGABYTES = 0.5;
const KEYS_CACHE_SECONDS = 300;
/** So many messages are in one request to SQS, at best (AWS: SQS quotas, batched actions). */
const QUEUE_BATCH = 10;
/** A lease and a commit (docs/ledger.md). */
const LEDGER_WRITES = 2;

const Row = z.object({
  eventsPerSecond: z.number(),
  windowSeconds: z.number(),
  pollers: z.int(),
  events: z.int(),
  updateCalls: z.int(),
  listCalls: z.int(),
  invocations: z.int(),
  /** Seconds from sending until FinerWorks has confirmed. */
  p50: z.number(),
  p99: z.number(),
  dollarsPerMillion: z.number(),
  /** Seconds from the last sending until all was confirmed. */
  lag: z.number(),
  violations: z.int(),
});
const Result = z.object({ rows: z.array(Row) });
type Row = z.output<typeof Row>;

/** What a batching window costs in latency, and saves in calls and dollars: on the simulation's clock. */
export const window = defineBenchmark({
  name: 'window',
  title: 'The batching window, in virtual time',
  schema: Result,
  measure: measureWindow,
  render: renderWindow,
});

async function measureWindow(effort: Effort): Promise<z.output<typeof Result>> {
  const product = await loadProduct(fileURLToPath(new URL('../lambda', import.meta.url)));
  const rows: Row[] = [];
  for (const [eventsPerSecond, fullSeconds] of RATES) {
    const seconds = fullSeconds * SHARE[effort];
    for (const windowSeconds of WINDOWS) {
      for (const pollers of [POLLERS, FEWER_POLLERS]) {
        rows.push(
          await sendSteadily({ eventsPerSecond, seconds, windowSeconds, pollers }, product),
        );
      }
      process.stderr.write(`  ${eventsPerSecond} a second, window of ${windowSeconds} s\n`);
    }
  }
  return { rows };
}

/** Sends events at a steady rate, each about another image. @param product the function's code */
export async function sendSteadily(
  given: Pick<Row, 'eventsPerSecond' | 'windowSeconds' | 'pollers'> & { readonly seconds: number },
  product: Product,
): Promise<Row> {
  const { eventsPerSecond, windowSeconds, pollers, seconds } = given;
  const events = eventsPerSecond * seconds;
  const until = seconds * 1_000;
  const changes = { name: 'changes', prefix: '0bac1060', events, from: 0, until } as const;
  const scenario = fullSize({
    streams: [{ ...changes, inventory: 'listed' }],
    pollers,
    finerworks: { isSteady: false, latency: LATENCY },
    settings: {
      batchingWindowSeconds: windowSeconds,
      ...(windowSeconds === 0 && { batchSize: WITHOUT_WINDOW }),
    },
  });
  const { run, oracle } = await simulateWorld(scenario, SEED, product, false);
  const { figures, tempo, violations } = run;
  const { stopwatch } = oracle;
  const waits = oracle.events.map((event) => (stopwatch.untilSettled(event) ?? Infinity) / 1_000);
  const settled = oracle.events.map((event) => stopwatch.settledAt(event) ?? Infinity);
  const { calls: updateCalls, listCalls, invocations } = figures;
  return {
    eventsPerSecond,
    windowSeconds,
    pollers,
    events,
    updateCalls,
    listCalls,
    invocations,
    p50: quantile(waits, 0.5),
    p99: quantile(waits, 0.99),
    dollarsPerMillion: (dollars({ events, invocations, ...tempo }) / events) * MILLION,
    lag: (Math.max(...settled) - START) / 1_000 - seconds,
    violations: violations.length,
  };
}

/** What AWS asks from the queue on: sending costs the same whatever the window. Times in milliseconds. */
function dollars(used: {
  readonly events: number;
  readonly invocations: number;
  readonly invocationTime: number;
  readonly receives: number;
}): number {
  const { events, invocations, receives } = used;
  const seconds = used.invocationTime / 1_000;
  const meanBatch = { records: Math.round(events / invocations), imagesPerEvent: 1 };
  return dollarsOf({
    queueRequest: receives + Math.max(invocations, events / QUEUE_BATCH),
    lambdaRequest: invocations,
    lambdaTime: seconds * MEMORY_GIGABYTES,
    secretRead: seconds / KEYS_CACHE_SECONDS,
    ledgerRead: events,
    ledgerWrite: LEDGER_WRITES * events,
    trailWrite: invocations * trailOf(meanBatch).writeUnits,
    log: logBytes(invocations, events),
  });
}

function renderWindow({ rows }: z.output<typeof Result>): Rendered {
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
between. Dollars are computed from the prices of the [cost](cost.md), ledger and trail included, the sending of events and what
happens each month anyway not; invocations take the time that they wait here, without a processor's. That Lambda
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
