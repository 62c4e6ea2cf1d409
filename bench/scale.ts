import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { RETENTION_HOURS } from '../infra/queues.ts';
import { readSettings } from '../infra/settings.ts';
import { table } from '../scripts/docs/table.ts';
import { loadProduct, type Product } from '../simulation/product.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { simulateScenario } from '../simulation/simulate.ts';
import { NO_INVENTIONS, NO_TROUBLES } from '../simulation/worlds/full-size.ts';
import { MEAN_DELAY } from './answer-delays.ts';
import { defineBenchmark, type Effort, type Rendered } from './benchmark.ts';

const SEED = 1;
/** What the simulation draws an answer's delay from, as shares of its habit: their mean is this. */
const MEAN_OF_HABIT = 0.6;
/** Milliseconds; SQS answers a waiting receive as soon as there is something. */
const POLL_INTERVAL = 100;
/** The simulation draws from all of them for each event, which takes its time. */
const MAX_IMAGES = 5_000;

/** Busy hours of one deployment. */
interface Stretch {
  readonly size: string;
  readonly eventsPerHour: number;
  readonly minutes: number;
  readonly maxConcurrency: number;
  readonly verify: 'off' | 'sample' | 'all';
}

const SMALL_SHOP = { size: 'a small shop', eventsPerHour: 2_500, minutes: 20, maxConcurrency: 2 };
const LARGE_SHOP = { size: 'a large shop', eventsPerHour: 167_000, minutes: 1, maxConcurrency: 2 };
const MARKETPLACE = { size: 'a marketplace', eventsPerHour: 1_250_000, minutes: 0.2 };

/** Thousands of events at most: a simulated second of a marketplace takes many real ones. */
const STRETCHES: readonly Stretch[] = [
  { ...SMALL_SHOP, verify: 'off' },
  { ...SMALL_SHOP, verify: 'sample' },
  { ...SMALL_SHOP, verify: 'all' },
  { ...LARGE_SHOP, verify: 'off' },
  { ...LARGE_SHOP, verify: 'sample' },
  { ...LARGE_SHOP, verify: 'all' },
  { ...MARKETPLACE, maxConcurrency: 5, verify: 'sample' },
  { ...MARKETPLACE, maxConcurrency: 20, verify: 'sample' },
];
/** How much of each stretch is run. */
const SHARE = { full: 1, quick: 0.1 } as const satisfies Record<Effort, number>;

const Row = z.object({
  size: z.string(),
  maxConcurrency: z.int(),
  verify: z.string(),
  /** For how long events were sent. */
  minutes: z.number(),
  events: z.int(),
  updateCalls: z.int(),
  listCalls: z.int(),
  /** From the first event until the queue was empty. */
  callsASecond: z.number(),
  eventsAnInvocationSecond: z.number(),
  longestWaitSeconds: z.number(),
  violations: z.int(),
});
const Result = z.object({ rows: z.array(Row) });

/** Busy hours of several sizes on the simulation's clock, and what reading back costs in them. */
export const scale = defineBenchmark({
  name: 'scale',
  title: 'Scale and verification, in virtual time',
  schema: Result,
  measure: measureScale,
  render: renderScale,
});

async function measureScale(effort: Effort): Promise<z.output<typeof Result>> {
  const product = await loadProduct(fileURLToPath(new URL('../lambda', import.meta.url)));
  const rows: z.output<typeof Row>[] = [];
  for (const stretch of STRETCHES) {
    const minutes = stretch.minutes * SHARE[effort];
    rows.push(await simulateStretch({ ...stretch, minutes }, product));
    process.stderr.write(`  ${stretch.size}, ${stretch.maxConcurrency} at once\n`);
  }
  return { rows };
}

/** Runs one of them. @param product the function's code */
export async function simulateStretch(
  stretch: Stretch,
  product: Product,
): Promise<z.output<typeof Row>> {
  const { size, minutes, maxConcurrency, verify } = stretch;
  const { figures, tempo, violations } = await simulateScenario(scenarioOf(stretch), SEED, product);
  return {
    size,
    maxConcurrency,
    verify,
    minutes,
    events: figures.events,
    updateCalls: figures.calls,
    listCalls: figures.listCalls,
    callsASecond: (figures.calls + figures.listCalls) / (figures.hours * 3_600),
    eventsAnInvocationSecond: (figures.events / tempo.invocationTime) * 1_000,
    longestWaitSeconds: tempo.longestWait / 1_000,
    violations: violations.length,
  };
}

/** A world without troubles, the settings those that a deployment gets, and every image listed. */
function scenarioOf({ eventsPerHour, minutes, maxConcurrency, verify }: Stretch): Scenario {
  const given = { maxConcurrency, verify };
  const settings = readSettings(given);
  const duration = minutes * 60_000;
  const events = Math.round((eventsPerHour / 60) * minutes);
  const images = Math.min(events, MAX_IMAGES);
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
    producer: { ...NO_INVENTIONS, events, images, duration },
    finerworks: {
      listsImages: false,
      maxBytes: settings.maxBytesPerCall,
      latency: (MEAN_DELAY / MEAN_OF_HABIT) * 1_000,
      inventory: images,
      withProducts: 0,
    },
  };
}

function renderScale({ rows }: z.output<typeof Result>): Rendered {
  const header = [
    'size',
    '`maxConcurrency`',
    '`verify`',
    'minutes of sending',
    'events',
    'update calls',
    'list calls',
    'seconds until the queue was empty',
    'calls/s at FinerWorks',
    'events by an invocation, /s',
    'oldest message',
    'violations',
  ];
  const cells = rows.map((row) => [
    row.size,
    `${row.maxConcurrency}`,
    `\`${row.verify}\``,
    `${+row.minutes.toFixed(3)}`,
    row.events.toLocaleString('en'),
    row.updateCalls.toLocaleString('en'),
    row.listCalls.toLocaleString('en'),
    ((row.updateCalls + row.listCalls) / row.callsASecond).toFixed(0),
    row.callsASecond.toFixed(1),
    row.eventsAnInvocationSecond.toFixed(0),
    `${row.longestWaitSeconds.toFixed(0)} s`,
    `${row.violations}`,
  ]);
  return {
    text: `The function's own code on the simulation's clock ([simulation](simulation.md)), with the defaults but for what the
table says, where nothing goes wrong: a stretch of each size's busiest hours, every image listed at FinerWorks, answers
after ${MEAN_DELAY} s on average, writes to the table after 2 to 20 ms. No other program on this machine changes these figures.
Each invocation gathers ten messages every 100 ms, and not while it runs: Lambda gathers meanwhile, and waits are shorter
there. *Oldest message* is the longest wait from sending to deletion. *Violations* are of the simulation's rules: nothing
lost, nothing old over anything newer. One run of each with one seed; [growth](#up-to-ten-million-events-in-virtual-time) has more events, and
what bounds them.

${table(header, cells)}

A list before each update looks for products and completes what an event leaves out; \`verify\` adds the lists that read
images back afterwards, beside the next call.
`,
    charts: {},
  };
}
