import { fileURLToPath } from 'node:url';
import { quantile } from 'simple-statistics';
import * as z from 'zod';
import { readSettings } from '../../infra/settings.ts';
import { loadProduct, type Product } from '../../simulation/product.ts';
import { START, simulateWorld } from '../../simulation/simulate.ts';
import { fullSize } from '../../simulation/worlds/full-size.ts';
import { MEAN_DELAY } from '../answer-delays.ts';
import type { Effort } from '../benchmark.ts';
import { dollarsOfRun } from '../run-dollars.ts';

const SEED = 1;
/** Seconds of sending at each number of events a second. */
export const RATES = new Map([
  [1, 600],
  [10, 120],
  [100, 40],
]);
/** How much of it is run. */
const SHARE = { full: 1, quick: 0.2 } as const satisfies Record<Effort, number>;
export const DEFAULT_WINDOW = readSettings({}).batchingWindowSeconds;
/** The shortest with which batches may hold more than ten. */
export const SHORT_WINDOW = 1;
const WINDOWS = [0, SHORT_WINDOW, DEFAULT_WINDOW, 20];
/** The most that Lambda takes into a batch without a window (AWS: Lambda with SQS, configuring). */
export const WITHOUT_WINDOW = 10;
/** Lambda begins with five batches at once, and with `maxConcurrency` never polls with fewer (AWS: Lambda with SQS, scaling). */
export const POLLERS = 5;
/** As many as there are invocations at once: in case the others wait before they gather. */
export const FEWER_POLLERS = 2;
/** Milliseconds of the slowest answer; the mean is three fifths of it. */
const LATENCY = (MEAN_DELAY / 0.6) * 1_000;

export const MILLION = 1_000_000;

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
export type Row = z.output<typeof Row>;

/** What the benchmark of batching windows comes to. */
export const WindowResult = z.object({ rows: z.array(Row) });
export type WindowResult = z.output<typeof WindowResult>;

/** Each rate with each window, one after another. */
export async function measureWindow(effort: Effort): Promise<WindowResult> {
  const product = await loadProduct(fileURLToPath(new URL('../../lambda', import.meta.url)));
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
  const { figures, violations } = run;
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
    dollarsPerMillion: (dollarsOfRun(run) / events) * MILLION,
    lag: (Math.max(...settled) - START) / 1_000 - seconds,
    violations: violations.length,
  };
}
