import type { TopLevelSpec } from 'vega-lite';
import { table } from '../../docs/table.ts';
import type { Rendered } from '../benchmark.ts';
import { judge } from '../judge.ts';
import { lineChart } from '../line-chart.ts';
import { showSpread } from '../statistics.ts';
import { CONTENDERS } from './contenders.ts';
import type { CpuResult, Row } from './result.ts';

const MAX_OF_FLOOR = 3;
const LAMBDA_MEBIBYTES = 512;

/** Microseconds per record by size, growth, memory, and what was to be reached. */
export function renderCpu({ rows, fits, memory }: CpuResult): Rendered {
  const sizes = [...new Set(rows.map(({ records }) => records))];
  const cells = CONTENDERS.map(({ name, label }) => [
    label,
    ...rows
      .filter(({ contender }) => contender === name)
      .map(
        ({ microseconds, ofFloor }) => `${showSpread(microseconds)}, ${ofFloor.median.toFixed(1)}×`,
      ),
  ]);
  const growth = CONTENDERS.map(({ name, label }) => {
    const fit = fits[name];
    return [label, fit?.perRecord.toFixed(1) ?? '', fit?.rSquared.toFixed(4) ?? ''];
  });
  const memoryRows = memory.map(({ contender, payload, mebibytes }) => [
    labelOf(contender),
    payload,
    showSpread(mebibytes, 0),
  ]);
  const most = Math.max(
    ...memory
      .filter(({ contender }) => contender === 'product')
      .map(({ mebibytes }) => mebibytes.high),
  );
  return {
    text: `Time of the processor per record (garbage collection included) from the records of an invocation to the
bodies that go to FinerWorks and the verdict of each record: checking the records, reading, coalescing, batching
and settling, without network and ledger. The floor parses the bodies and writes calls of 50, and checks nothing.
Each figure is of a fresh process that was warmed up with batches of 100; microseconds, and by how many times the
floor's.

![Microseconds of the processor per record](figures/bench-cpu.svg)

${table(['', ...sizes.map((size) => `${size.toLocaleString('en')} records`)], cells)}

Growth, as a straight line through the four sizes:

${table(['', 'µs for each further record', 'R²'], growth)}

What was to be reached:

${goals(rows).join('\n')}

### Memory

The most memory of a process that takes the largest payload that Lambda delivers, 6 MB, and runs it once; Node
itself and the code included. Of the default of ${LAMBDA_MEBIBYTES} MiB that leaves this product ${(LAMBDA_MEBIBYTES - most).toFixed(0)} MiB.

${table(['', 'payload', 'MiB'], memoryRows)}`,
    charts: { 'bench-cpu': chart(rows) },
  };
}

function goals(rows: readonly Row[]): string[] {
  const of = (contender: string) => rows.filter((row) => row.contender === contender);
  const product = of('product');
  const ratios = product.map(({ ofFloor }) => ofFloor.median);
  const byPowertools = product.map(
    ({ microseconds }, at) =>
      microseconds.median / (of('powertools')[at]?.microseconds.median ?? Number.NaN),
  );
  return [
    `- At most ${MAX_OF_FLOOR} times the floor: ${range(ratios)}, ${judge(Math.max(...ratios) <= MAX_OF_FLOOR)}. Checking costs more than parsing: a valid event is one whose every text, key, time and guid was looked at.`,
    `- Not above Powertools (with the record's schema made once): ${range(byPowertools)} of it, ${judge(Math.max(...byPowertools) <= 1)}.`,
  ];
}

function range(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
}

function labelOf(name: string): string {
  return CONTENDERS.find((contender) => contender.name === name)?.label ?? name;
}

function chart(rows: readonly Row[]): TopLevelSpec {
  const values = rows.map(({ contender, records, microseconds }) => ({
    contender: labelOf(contender).replaceAll('`', ''),
    records,
    microseconds: microseconds.median,
  }));
  return lineChart({
    values,
    x: { field: 'records', title: 'records of a batch', scale: 'log' },
    y: { field: 'microseconds', title: 'microseconds per record', scale: 'log' },
    series: 'contender',
  });
}
