import { fileURLToPath } from 'node:url';
import { RETENTION_HOURS } from '../../infra/queues.ts';
import { readSettings } from '../../infra/settings.ts';
import { loadProduct, type Product } from '../../simulation/product.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import { simulateScenario } from '../../simulation/simulate.ts';
import { NO_INVENTIONS, NO_TROUBLES } from '../../simulation/worlds/full-size.ts';
import type { Effort } from '../benchmark.ts';
import { MEAN_LATENCY } from '../weather.ts';
import type { Row, ScaleResult } from './result.ts';
import { LARGE_SHOP, MARKETPLACE, type Size, SMALL_SHOP } from './sizes.ts';

const SEED = 1;
/** What the simulation draws an answer's delay from, as shares of its habit: their mean is this. */
const MEAN_OF_HABIT = 0.6;

/** Milliseconds; SQS answers a waiting receive as soon as there is something. */
const POLL_INTERVAL = 100;
/** The simulation draws from all of them for each event, which takes its time. */
const MAX_IMAGES = 5_000;

/** Some of the busiest hours of a size, with so many invocations at once. */
export interface Stretch {
  readonly size: Size;
  readonly minutes: number;
  readonly maxConcurrency: number;
  readonly virtualInventory: 'protect' | 'remove';
}

/** Tens of thousands of events at most, as the simulation can bear. */
const STRETCHES: readonly Stretch[] = [
  { size: SMALL_SHOP, minutes: 60, maxConcurrency: 2, virtualInventory: 'protect' },
  { size: LARGE_SHOP, minutes: 5, maxConcurrency: 2, virtualInventory: 'protect' },
  { size: LARGE_SHOP, minutes: 5, maxConcurrency: 2, virtualInventory: 'remove' },
  { size: LARGE_SHOP, minutes: 5, maxConcurrency: 5, virtualInventory: 'protect' },
  { size: MARKETPLACE, minutes: 1, maxConcurrency: 5, virtualInventory: 'protect' },
  { size: MARKETPLACE, minutes: 1, maxConcurrency: 10, virtualInventory: 'protect' },
  { size: MARKETPLACE, minutes: 1, maxConcurrency: 20, virtualInventory: 'protect' },
];
/** How much of each stretch is run. */
const SHARE = { full: 1, quick: 0.1 } as const satisfies Record<Effort, number>;

/** Runs the function's code through a stretch of each size's busiest hours, in virtual time. */
export async function simulateSizes(effort: Effort): Promise<ScaleResult> {
  const product = await loadProduct(fileURLToPath(new URL('../../lambda', import.meta.url)));
  const rows: Row[] = [];
  for (const stretch of STRETCHES) {
    const minutes = stretch.minutes * SHARE[effort];
    rows.push(await simulateStretch({ ...stretch, minutes }, product));
    process.stderr.write(`  ${stretch.size.name}, ${stretch.maxConcurrency} at once\n`);
  }
  return { rows };
}

/** Runs one of them. @param product the function's code */
export async function simulateStretch(stretch: Stretch, product: Product): Promise<Row> {
  const { size, minutes, maxConcurrency, virtualInventory } = stretch;
  const scenario = scenarioOf(stretch);
  const { figures, tempo, violations } = await simulateScenario(scenario, SEED, product);
  const calls = figures.calls + figures.listCalls;
  return {
    size: size.name,
    maxConcurrency,
    virtualInventory,
    minutes,
    events: figures.events,
    callsASecond: calls / (figures.hours * 3_600),
    eventsAnInvocationSecond: (figures.events / tempo.invocationTime) * 1_000,
    ofItsCalls: tempo.invocationTime / (calls * MEAN_LATENCY * 1_000),
    eventsACall: figures.events / figures.calls,
    longestWaitSeconds: tempo.longestWait / 1_000,
    violations: violations.length,
  };
}

/** A world without troubles, the settings those that a deployment gets. */
function scenarioOf({ size, minutes, ...given }: Stretch): Scenario {
  const settings = readSettings({ secretName: 'finerworks/keys', ...given });
  const duration = minutes * 60_000;
  const events = Math.round((size.eventsPerDay / size.hours / 60) * minutes);
  return {
    healedAt: duration,
    periods: [],
    rotations: [],
    troubles: NO_TROUBLES,
    settings: {
      ...settings,
      retentionHours: RETENTION_HOURS,
      callsPerSecond: undefined,
      ledger: settings.ledger === 'on',
    },
    idleInterval: POLL_INTERVAL,
    producer: {
      ...NO_INVENTIONS,
      events,
      images: Math.min(events, MAX_IMAGES),
      duration,
    },
    finerworks: {
      listsImages: false,
      maxBytes: settings.maxBytesPerCall,
      latency: (MEAN_LATENCY / MEAN_OF_HABIT) * 1_000,
      inventory: 0,
    },
  };
}
