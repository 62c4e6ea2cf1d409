import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { table } from '../scripts/docs/table.ts';
import { loadProduct, type Product } from '../simulation/product.ts';
import type { Settings } from '../simulation/scenario.ts';
import { simulateScenario } from '../simulation/simulate.ts';
import { fullSize } from '../simulation/worlds/full-size.ts';
import { defineBenchmark, type Effort, type Rendered } from './benchmark.ts';
import { Spread, showSpread, spreadOf } from './spread.ts';

const SEEDS = { full: 6, quick: 1 } as const satisfies Record<Effort, number>;
const EVENTS = 4_000;
const IMAGES_A_CALL = 50;
/** Milliseconds of the slowest answer; the others take a fifth of it and more, all equally likely. */
const LATENCY = 450;
const MEAN_LATENCY = LATENCY * 0.6;

/** What the guids of its images begin with. */
const BACKLOG = '900d0001';

const VARIANTS: readonly (readonly [name: string, settings: Partial<Settings>])[] = [
  ['`protect`', {}],
  ['`protect`, `verify=off`', { verify: 'off' }],
  ['`remove`, `verify=off`', { virtualInventory: 'remove', verify: 'off' }],
  ['`protect`, `callsAtOnce=2`', { callsAtOnce: 2 }],
  ['`protect`, `callsAtOnce=3`', { callsAtOnce: 3 }],
  ['`protect`, `maxConcurrency=4`', { maxConcurrency: 4 }],
];

const Row = z.object({
  name: z.string(),
  /** Time of the invocations, of the time that the updates alone would take one after another. */
  ofTheLimit: Spread,
  violations: z.int(),
});
const Result = z.object({ seeds: z.int(), rows: z.array(Row) });
type Row = z.output<typeof Row>;

/** How close a backlog of distinct images gets to the time of its updates: on the simulation's clock. */
export const drain = defineBenchmark({
  name: 'drain',
  title: 'Draining a backlog, in virtual time',
  schema: Result,
  measure: measureDrain,
  render: renderDrain,
});

async function measureDrain(effort: Effort): Promise<z.output<typeof Result>> {
  const product = await loadProduct(fileURLToPath(new URL('../lambda', import.meta.url)));
  const rows: Row[] = [];
  for (const [name, settings] of VARIANTS) {
    rows.push({ name, ...(await drained(settings, SEEDS[effort], product)) });
    process.stderr.write(`  ${name}\n`);
  }
  return { seeds: SEEDS[effort], rows };
}

async function drained(settings: Partial<Settings>, seeds: number, product: Product) {
  const backlog = { name: 'backlog', prefix: BACKLOG, events: EVENTS, from: 0, until: 0 };
  const finerworks = { isSteady: false, latency: LATENCY, inventory: 0 };
  const scenario = fullSize({ settings, streams: [backlog], finerworks });
  const ratios: number[] = [];
  let violations = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const run = await simulateScenario(scenario, seed, product);
    ratios.push(run.tempo.invocationTime / ((EVENTS / IMAGES_A_CALL) * MEAN_LATENCY));
    violations += run.violations.length;
  }
  return { ofTheLimit: spreadOf(ratios), violations };
}

function renderDrain({ seeds, rows }: z.output<typeof Result>): Rendered {
  const header = ['settings', 'time, of the updates’ own', 'violations'];
  const cells = rows.map(({ name, ofTheLimit, violations }) => [
    name,
    showSpread(ofTheLimit, 2),
    `${violations}`,
  ]);
  return {
    text: `${EVENTS.toLocaleString('en')} events wait, an image each, where FinerWorks answers after ${LATENCY / 5} to ${LATENCY} ms, lists and updates
alike. The time of all invocations, of what ${EVENTS / IMAGES_A_CALL} full updates would take one after another at the mean answer:
the median of ${seeds} seeds, and where half of them lie. As many invocations as \`maxConcurrency\` share that time.

${table(header, cells)}`,
    charts: {},
  };
}
