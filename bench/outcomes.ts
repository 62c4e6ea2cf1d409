import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { table } from '../scripts/docs/table.ts';
import { loadProduct, type Product } from '../simulation/product.ts';
import { type Run, simulateScenario } from '../simulation/simulate.ts';
import { fullSize } from '../simulation/worlds/full-size.ts';
import { defineBenchmark, type Effort, type Rendered } from './benchmark.ts';
import { Spread, showSpread, spreadOf } from './spread.ts';

const SEEDS = [1, 2, 3];
/** Events that wait at the beginning. */
const EVENTS = { full: 5_000, quick: 500 } as const satisfies Record<Effort, number>;
/** Milliseconds that a request to the bus takes; undefined where nobody is told. */
const REQUESTS = [undefined, 20, 100, 500];

/** What the guids of its images begin with. */
const BACKLOG = '0bac1060';

const Row = z.object({
  requestMilliseconds: z.number().optional(),
  events: z.int(),
  updateCalls: z.number(),
  listCalls: z.number(),
  invocations: z.number(),
  invocationSeconds: Spread,
  /** From the first event until the queue was empty. */
  drainSeconds: Spread,
  violations: z.int(),
});
const Result = z.object({ rows: z.array(Row) });
type Row = z.output<typeof Row>;

/** The same backlog with nobody told, and with a bus of several speeds: on the simulation's clock. */
export const outcomes = defineBenchmark({
  name: 'outcomes',
  title: 'Outcomes told and not told, in virtual time',
  schema: Result,
  measure: measureOutcomes,
  render: renderOutcomes,
});

async function measureOutcomes(effort: Effort): Promise<z.output<typeof Result>> {
  const product = await loadProduct(fileURLToPath(new URL('../lambda', import.meta.url)));
  const rows: Row[] = [];
  for (const request of REQUESTS) {
    rows.push(await drainBacklog({ events: EVENTS[effort], request }, product));
    process.stderr.write(`  ${request ?? 'nobody told'}\n`);
  }
  return { rows };
}

/** Lets the function work a backlog off: the mean of some seeds. */
export async function drainBacklog(
  { events, request }: { readonly events: number; readonly request: number | undefined },
  product: Product,
): Promise<Row> {
  const backlog = { name: 'backlog', prefix: BACKLOG, events, from: 0, until: 0 } as const;
  const scenario = fullSize({
    streams: [{ ...backlog, inventory: 'listed' }],
    ...(request !== undefined && { outcomeRequest: request }),
  });
  const runs: Run[] = [];
  for (const seed of SEEDS) runs.push(await simulateScenario(scenario, seed, product));
  const mean = (figureOf: (run: Run) => number) =>
    runs.reduce((sum, run) => sum + figureOf(run), 0) / runs.length;
  return {
    ...(request !== undefined && { requestMilliseconds: request }),
    events,
    updateCalls: mean(({ figures }) => figures.calls),
    listCalls: mean(({ figures }) => figures.listCalls),
    invocations: mean(({ figures }) => figures.invocations),
    invocationSeconds: spreadOf(runs.map(({ tempo }) => tempo.invocationTime / 1_000)),
    drainSeconds: spreadOf(runs.map(({ tempo }) => tempo.longestWait / 1_000)),
    violations: runs.reduce((sum, { violations }) => sum + violations.length, 0),
  };
}

function renderOutcomes({ rows }: z.output<typeof Result>): Rendered {
  const header = [
    'a request to the bus takes',
    'update calls',
    'list calls',
    'invocations',
    'seconds of invocations',
    'seconds until the queue was empty',
    'violations',
  ];
  const round = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 });
  const cells = rows.map((row) => [
    row.requestMilliseconds === undefined ? 'nobody is told' : `${row.requestMilliseconds} ms`,
    round(row.updateCalls),
    round(row.listCalls),
    round(row.invocations),
    showSpread(row.invocationSeconds),
    showSpread(row.drainSeconds),
    `${row.violations}`,
  ]);
  const events = rows[0]?.events.toLocaleString('en');
  return {
    text: `A backlog of ${events} events, an image each, with the defaults, where FinerWorks answers after 200 ms: the mean of
${SEEDS.length} seeds, of seconds the median and where half of them lie. Outcomes are told after the verdicts, ten in a request and ten requests at once, so a full batch takes the time of
five requests more. No call is made or saved for it. How long a request really takes was not measured in AWS; after 2 s an
invocation waits no longer, which is not simulated.

${table(header, cells)}`,
    charts: {},
  };
}
