import { table } from '../../scripts/docs/table.ts';
import { defineBenchmark, type Rendered } from '../benchmark.ts';
import { stackedChart } from '../charts.ts';
import { howOften, showSpread } from '../spread.ts';
import { ColdStartResult, measureColdStart, PRODUCT, PRODUCT_WITHOUT_LEDGER } from './measure.ts';

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
    'both, of the floor with the same clients',
    'second batch, ms',
    '10th to 20th, ms',
    'requests a batch',
  ];
  const cells = rows.map((row) => [
    row.contender,
    (row.bytesAtStart / 1_000).toFixed(0),
    (row.bytesLater / 1_000).toFixed(0),
    showSpread(row.importing),
    showSpread(row.importingOfFloor, 2),
    showSpread(row.firstInvocation),
    showSpread(row.untilFirstBatch),
    hasFloor(row.contender) ? showSpread(row.untilFirstBatchOfFloor, 2) : '',
    showSpread(row.secondInvocation),
    showSpread(row.warmInvocation),
    row.requestsABatch.toFixed(1),
  ]);
  const rowOf = ({ name }: { readonly name: string }) =>
    rows.find(({ contender }) => contender === name);
  const [product, bare] = [rowOf(PRODUCT), rowOf(PRODUCT_WITHOUT_LEDGER)];
  const bars = rows.flatMap(({ contender, importing, firstInvocation }) => [
    { name: contender.replaceAll('`', ''), part: 'import', value: importing.median },
    {
      name: contender.replaceAll('`', ''),
      part: 'first invocation',
      value: firstInvocation.median,
    },
  ]);
  return {
    text: `Each start is a fresh process (${howOften(repeats)}) that imports the bundle and handles 20 batches of 10 records,
one after another, against the same emulators; what Lambda itself takes to start a sandbox comes on top. All are bundled in the same
way: what is imported dynamically is in files of its own (*later*), which a start does not read.

![Milliseconds until the first batch is done](figures/bench-cold-start.svg)

${table(header, cells)}

Import and first batch together take ${product?.untilFirstBatchOfFloor.median.toFixed(2)} times those of a floor that makes the same requests with the same clients, and
checks and decides nothing; ${bare?.untilFirstBatchOfFloor.median.toFixed(2)} without the ledger. A warm batch with the ledger takes ${product?.warmInvocation.median.toFixed(0)} ms, emulators on the
same processors included. This product loads everything before the first invocation, when Lambda lends more of the processor
([decisions](decisions.md)), the others some of it later: so *both* is the fair column. It asks for the secret first, and loads the rest
while the answer is on its way; the emulator answers at once, so nothing is gained by that here. With the ledger, the first batch of 10 records is
one read and twenty writes more than what peers do, and the lists before and after the update are two requests more.`,
    charts: { 'bench-cold-start': stackedChart('milliseconds, median', bars) },
  };
}

/** Whether a contender, by its name, is compared with the floor that makes its requests. */
function hasFloor(name: string): boolean {
  return name === PRODUCT.name || name === PRODUCT_WITHOUT_LEDGER.name;
}
