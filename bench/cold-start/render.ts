import type { TopLevelSpec } from 'vega-lite';
import { table } from '../../docs/table.ts';
import type { Rendered } from '../benchmark.ts';
import { judge } from '../judge.ts';
import { showSpread } from '../statistics.ts';
import { PRODUCT } from './contenders.ts';
import type { ColdStartResult, Row } from './result.ts';

const MAX_OF_FLOOR = 1.3;

const HEADER = [
  '',
  'KB at start',
  'KB later',
  'import, ms',
  'of the floor',
  'import, ms of processor',
  'first invocation, ms',
  'both, ms',
  'second, ms',
];

/** Bytes and milliseconds of a start, and what was to be reached. */
export function renderColdStart({ repeats, rows }: ColdStartResult): Rendered {
  const cells = rows.map((row) => [
    row.contender,
    kilobytes(row.bytesAtStart),
    kilobytes(row.bytesLater),
    showSpread(row.importing),
    showSpread(row.importingOfFloor, 2),
    showSpread(row.importingCpu),
    showSpread(row.firstInvocation),
    showSpread(row.untilFirstBatch),
    showSpread(row.secondInvocation),
  ]);
  const product = rows.find(({ contender }) => contender === PRODUCT.name);
  const ratio = product?.importingOfFloor.median ?? Number.NaN;
  return {
    text: `Each start is a fresh process (${repeats} of each, in turns) that imports the bundle and handles 10 records twice,
against the same emulators; what Lambda itself takes to start a sandbox comes on top. All are bundled in the same
way: what is imported dynamically is in files of its own (*later*), which a start does not read.

![Milliseconds until the first batch is done](figures/bench-cold-start.svg)

${table(HEADER, cells)}

Import at most ${MAX_OF_FLOOR} times the floor: ${ratio.toFixed(2)}, ${judge(ratio <= MAX_OF_FLOOR)}. This product asks for the secret first, and loads what
only a batch needs while the answer is on its way; so a part of its loading counts as first invocation here, and
*both* is the fair column. The emulator answers at once: there is nothing to gain by that here, and a few tens of
milliseconds where a secret takes as long (docs/decisions.md). With the ledger, the first batch of 10 records is
one read and twenty writes more than what peers do, and the look is one request more.`,
    charts: { 'bench-cold-start': chart(rows) },
  };
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(0);
}

function chart(rows: readonly Row[]): TopLevelSpec {
  const values = rows.flatMap(({ contender, importing, firstInvocation }) => [
    { contender, part: 'import', milliseconds: importing.median },
    { contender, part: 'first invocation', milliseconds: firstInvocation.median },
  ]);
  return {
    background: 'white',
    width: 420,
    height: { step: 20 },
    data: { values },
    mark: 'bar',
    encoding: {
      y: { field: 'contender', type: 'nominal', title: null, sort: null },
      x: { field: 'milliseconds', type: 'quantitative', title: 'milliseconds, median' },
      color: {
        field: 'part',
        type: 'nominal',
        title: null,
        sort: ['import', 'first invocation'],
      },
      order: { field: 'part', sort: 'descending' },
    },
  };
}
