import { fileURLToPath } from 'node:url';
import { quantile } from 'simple-statistics';
import * as z from 'zod';
import { readSettings } from '../../infra/settings.ts';
import { loadProduct, type Product } from '../../simulation/product.ts';
import { simulateWorld } from '../../simulation/simulate.ts';
import { fullSize } from '../../simulation/worlds/full-size.ts';
import { MEAN_DELAY } from '../answer-delays.ts';
import type { Effort } from '../benchmark.ts';
import { dollarsOfRun } from '../run-dollars.ts';

/** Events of each run; the largest takes half a minute of a processor, so that ten million would take an hour. */
const SIZES = {
  full: [1_000, 3_000, 10_000, 30_000, 100_000],
  quick: [1_000, 3_000],
} as const satisfies Record<Effort, readonly number[]>;
/** A single run of a small size says little: so many seeds, and their mean, for events up to so many. */
const SEEDS_OF_SMALL = { seeds: 3, events: 10_000 } as const;

/** Lambda begins with five batches at once (AWS: Lambda with SQS, scaling). */
const POLLERS = 5;
/** The simulation draws an answer's delay from a fifth of this and more, all equally likely: 0.6 is the mean. */
const LATENCY = (MEAN_DELAY / 0.6) * 1_000;

/** Events that come steadily, or wait at the beginning, and who works them off. */
interface Load {
  readonly name: string;
  readonly maxConcurrency: number;
  readonly pollers: number;
  readonly events: number;
  /** For how long they are sent; 0 where all wait at the beginning. */
  readonly seconds: number;
}

const steady = (name: string, eventsPerSecond: number, seconds: number) => ({
  name,
  seconds,
  events: Math.round(eventsPerSecond * seconds),
});
const DAY_SECONDS = 86_400;
const TEN_MILLION = 10_000_000;
const MEAN_OF_DAY = steady('10 million a day', TEN_MILLION / DAY_SECONDS, 90);
const BUSY_HOUR = steady('its busy hour, three times that', (3 * TEN_MILLION) / DAY_SECONDS, 45);
const RESYNC = 'all wait at once';

/** Ten million events, in a day or at once, as a stretch of each. */
const LOADS: readonly Load[] = [
  { ...MEAN_OF_DAY, maxConcurrency: 2, pollers: POLLERS },
  { ...BUSY_HOUR, maxConcurrency: 2, pollers: POLLERS },
  { ...BUSY_HOUR, maxConcurrency: 5, pollers: 15 },
  { name: RESYNC, events: 10_000, seconds: 0, maxConcurrency: 2, pollers: POLLERS },
  { name: RESYNC, events: 20_000, seconds: 0, maxConcurrency: 5, pollers: 15 },
  { name: RESYNC, events: 40_000, seconds: 0, maxConcurrency: 20, pollers: 20 },
  { name: RESYNC, events: 40_000, seconds: 0, maxConcurrency: 20, pollers: 60 },
];
/** How much of each load is run. */
const SHARE = { full: 1, quick: 0.05 } as const satisfies Record<Effort, number>;

/** What a run came to. */
const Figures = z.object({
  events: z.int(),
  updateCalls: z.number(),
  listCalls: z.number(),
  invocations: z.number(),
  invocationSeconds: z.number(),
  /** From the first event until the queue was empty. */
  seconds: z.number(),
  ledgerReads: z.number(),
  ledgerWrites: z.number(),
  dollars: z.number(),
  /** From sending an event until FinerWorks confirmed it: half of them sooner, and all but a hundredth. */
  p50: z.number(),
  p99: z.number(),
  violations: z.number(),
});
type Figures = z.output<typeof Figures>;

const LoadRow = Figures.extend({
  name: z.string(),
  maxConcurrency: z.int(),
  pollers: z.int(),
  /** For how long events were sent; 0 where all waited at the beginning. */
  sendingSeconds: z.number(),
});
export type LoadRow = z.output<typeof LoadRow>;

/** What the benchmark of growth comes to. */
export const GrowthResult = z.object({
  sizes: z.array(Figures.extend({ seeds: z.int() })),
  loads: z.array(LoadRow),
});
export type GrowthResult = z.output<typeof GrowthResult>;

/** Lets the function work off ever more events, and stretches of ten million. */
export async function measureGrowth(effort: Effort): Promise<GrowthResult> {
  const product = await loadProduct(fileURLToPath(new URL('../../lambda', import.meta.url)));
  const { maxConcurrency } = readSettings({});
  const sizes: GrowthResult['sizes'] = [];
  for (const events of SIZES[effort]) {
    const seeds = events <= SEEDS_OF_SMALL.events ? SEEDS_OF_SMALL.seeds : 1;
    const runs: Figures[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) {
      const load = { name: '', events, seconds: 0, maxConcurrency, pollers: POLLERS };
      runs.push(await simulateLoad(load, seed, product));
    }
    sizes.push({ ...meanOf(runs), seeds });
    process.stderr.write(`  ${events} events\n`);
  }
  const loads: LoadRow[] = [];
  for (const { seconds, events, ...load } of LOADS) {
    const share = SHARE[effort];
    const part = { ...load, seconds: seconds * share, events: Math.round(events * share) };
    const figures = await simulateLoad(part, 1, product);
    loads.push({ ...figures, ...load, sendingSeconds: part.seconds });
    process.stderr.write(`  ${load.name}, ${load.maxConcurrency} at once\n`);
  }
  return { sizes, loads };
}

/** Lets the function work events off, each about another image. @param product the function's code */
export async function simulateLoad(
  { events, seconds, maxConcurrency, pollers }: Load,
  seed: number,
  product: Product,
): Promise<Figures> {
  const stream = { name: 'changes', prefix: '0bac1061', events, from: 0, until: seconds * 1_000 };
  const scenario = fullSize({
    streams: [{ ...stream, inventory: 'listed' }],
    pollers,
    settings: { maxConcurrency },
    finerworks: { isSteady: false, latency: LATENCY },
  });
  const { run, oracle } = await simulateWorld(scenario, seed, product, false);
  const { figures, tempo, ledger, violations } = run;
  const ages = oracle.events.map(
    (event) => (oracle.stopwatch.untilSettled(event) ?? Number.POSITIVE_INFINITY) / 1_000,
  );
  return {
    events,
    updateCalls: figures.calls,
    listCalls: figures.listCalls,
    invocations: figures.invocations,
    invocationSeconds: tempo.invocationTime / 1_000,
    seconds: figures.hours * 3_600,
    ledgerReads: ledger.reads,
    ledgerWrites: ledger.writes,
    dollars: dollarsOfRun(run),
    p50: quantile(ages, 0.5),
    p99: quantile(ages, 0.99),
    violations: violations.length,
  };
}

/** The mean of runs of one size. */
function meanOf(runs: readonly Figures[]): Figures {
  const mean = (value: (run: Figures) => number) =>
    runs.reduce((sum, run) => sum + value(run), 0) / runs.length;
  return {
    events: mean(({ events }) => events),
    updateCalls: mean(({ updateCalls }) => updateCalls),
    listCalls: mean(({ listCalls }) => listCalls),
    invocations: mean(({ invocations }) => invocations),
    invocationSeconds: mean(({ invocationSeconds }) => invocationSeconds),
    seconds: mean(({ seconds }) => seconds),
    ledgerReads: mean(({ ledgerReads }) => ledgerReads),
    ledgerWrites: mean(({ ledgerWrites }) => ledgerWrites),
    dollars: mean(({ dollars }) => dollars),
    p50: mean(({ p50 }) => p50),
    p99: mean(({ p99 }) => p99),
    violations: runs.reduce((sum, { violations }) => sum + violations, 0),
  };
}
