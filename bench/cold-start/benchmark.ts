import { table } from '../../scripts/docs/table.ts';
import { defineBenchmark, type Rendered } from '../benchmark.ts';
import { stackedChart } from '../charts.ts';
import { showSpread } from '../spread.ts';
import { ColdStartResult, measureColdStart, PRODUCT } from './measure.ts';

const MAX_OF_FLOOR = 1.3;

/** How long a new sandbox takes until its first batch is done. */
export const coldStart = defineBenchmark({
  name: 'cold-start',
  title: 'Cold start',
  schema: ColdStartResult,
  measure: measureColdStart,
  render: renderColdStart,
});

function renderColdStart({ repeats, rows }: ColdStartResult): Rendered {
  const header = [
    '',
    'KB at start',
    'KB later',
    'import, ms',
    'of the floor',
    'first invocation, ms',
    'both, ms',
    'second, ms',
  ];
  const cells = rows.map((row) => [
    row.contender,
    (row.bytesAtStart / 1_000).toFixed(0),
    (row.bytesLater / 1_000).toFixed(0),
    showSpread(row.importing),
    showSpread(row.importingOfFloor, 2),
    showSpread(row.firstInvocation),
    showSpread(row.untilFirstBatch),
    showSpread(row.secondInvocation),
  ]);
  const product = rows.find(({ contender }) => contender === PRODUCT.name);
  const bars = rows.flatMap(({ contender, importing, firstInvocation }) => [
    { name: contender.replaceAll('`', ''), part: 'import', value: importing.median },
    {
      name: contender.replaceAll('`', ''),
      part: 'first invocation',
      value: firstInvocation.median,
    },
  ]);
  return {
    text: `Each start is a fresh process (${repeats} of each, in turns) that imports the bundle and handles 10 records twice,
against the same emulators; what Lambda itself takes to start a sandbox comes on top. All are bundled in the same
way: what is imported dynamically is in files of its own (*later*), which a start does not read.

![Milliseconds until the first batch is done](figures/bench-cold-start.svg)

${table(header, cells)}

Import takes ${product?.importingOfFloor.median.toFixed(2)} times the floor, where ${MAX_OF_FLOOR} were hoped for. This product asks for the secret first, and loads what
only a batch needs while the answer is on its way; so a part of its loading counts as first invocation here, and
*both* is the fair column. The emulator answers at once: there is nothing to gain by that here, and a few tens of
milliseconds where a secret takes as long ([decisions](decisions.md)). With the ledger, the first batch of 10 records is
one read and twenty writes more than what peers do, and the lists before and after the update are two requests more.`,
    charts: { 'bench-cold-start': stackedChart('milliseconds, median', bars) },
  };
}
