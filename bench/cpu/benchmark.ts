import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { table } from '../../scripts/docs/table.ts';
import { defineBenchmark, type Effort, type Rendered } from '../benchmark.ts';
import { lineChart } from '../charts.ts';
import { interleaved } from '../interleaved.ts';
import { howOften, Spread, showSpread, spreadOf } from '../spread.ts';
import { CPU_CONTENDERS, FLOOR, POWERTOOLS, PRODUCT } from './contenders.ts';

const SIZES = [100, 1_000, 10_000] as const;
const REPEATS = { full: 3, quick: 1 } as const satisfies Record<Effort, number>;
const MAX_OF_FLOOR = 3;

const run = promisify(execFile);

const Row = z.object({
  contender: z.string(),
  records: z.int(),
  /** Microseconds of the processor per record. */
  microseconds: Spread,
  /** The same by the floor's, repeat by repeat. */
  ofFloor: Spread,
});
const Result = z.object({ repeats: z.int(), rows: z.array(Row) });
type Result = z.output<typeof Result>;

/** What the function itself costs of the processor. */
export const cpu = defineBenchmark({
  name: 'cpu',
  title: 'Processor',
  schema: Result,
  measure: measureCpu,
  render: renderCpu,
});

/** Measures each contender in processes of its own, in turns. */
async function measureCpu(effort: Effort): Promise<Result> {
  const rows: Result['rows'] = [];
  for (const records of SIZES) {
    const names = Object.keys(CPU_CONTENDERS);
    const times = await interleaved(names, REPEATS[effort], (name) => timeOf(name, records));
    const floor = times.get(FLOOR) ?? [];
    for (const [contender, measured] of times) {
      const ratios = measured.map((time, repeat) => time / (floor[repeat] ?? Number.NaN));
      const spreads = { microseconds: spreadOf(measured), ofFloor: spreadOf(ratios) };
      rows.push({ contender, records, ...spreads });
    }
    process.stderr.write(`  batches of ${records}\n`);
  }
  return { repeats: REPEATS[effort], rows };
}

/** Microseconds of the processor per record. */
async function timeOf(name: string, records: number): Promise<number> {
  const path = fileURLToPath(new URL('processor-time.ts', import.meta.url));
  const { stdout } = await run(process.execPath, [path, name, `${records}`]);
  return Number(stdout);
}

function renderCpu({ repeats, rows }: Result): Rendered {
  const of = (contender: string) => rows.filter((row) => row.contender === contender);
  const names = [...new Set(rows.map(({ contender }) => contender))];
  const cells = names.map((name) => [
    name,
    ...of(name).map(
      ({ microseconds, ofFloor }) => `${showSpread(microseconds)}, ${ofFloor.median.toFixed(1)}×`,
    ),
  ]);
  const ofFloor = of(PRODUCT).map((row) => row.ofFloor.median);
  const ofPowertools = of(PRODUCT).map(
    ({ microseconds }, at) =>
      microseconds.median / (of(POWERTOOLS)[at]?.microseconds.median ?? Number.NaN),
  );
  const values = rows.map(({ contender, records, microseconds }) => ({
    contender: contender.replaceAll('`', ''),
    records,
    microseconds: microseconds.median,
  }));
  return {
    text: `Time of the processor per record (garbage collection included) from the records of an invocation to the
bodies that go to FinerWorks and the verdict of each record: checking the records, reading, coalescing, batching
and settling, without network and ledger. The floor parses the bodies and writes calls of 50, and checks nothing.
Powertools has the record's schema made once. Each figure is of fresh processes (${howOften(repeats)}) that were warmed up with batches of 100:
the median of microseconds, where half of the runs lie, and by how many times the floor's.

![Microseconds of the processor per record](figures/bench-cpu.svg)

${table(['', ...SIZES.map((size) => `${size.toLocaleString('en')} records`)], cells)}

This product takes ${range(ofFloor)} times the floor, where ${MAX_OF_FLOOR} were hoped for: a valid event is one whose every text, key, time and
guid was looked at. It takes ${range(ofPowertools)} of Powertools.`,
    charts: {
      'bench-cpu': lineChart({
        values,
        x: { field: 'records', title: 'records of a batch', scale: 'log' },
        y: { field: 'microseconds', title: 'microseconds per record', scale: 'log' },
        series: 'contender',
      }),
    },
  };
}

function range(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
}
