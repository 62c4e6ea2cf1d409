import type { TopLevelSpec } from 'vega-lite';
import { LOOKED_UP } from '../../scripts/docs/cost/prices.ts';
import { table } from '../../scripts/docs/table.ts';
import { DELAYS_IN_WORDS } from '../answer-delays.ts';
import type { Rendered } from '../benchmark.ts';
import { dotChart } from '../charts.ts';
import { howOften, showSpread } from '../spread.ts';
import { BARE, type Contender, isOurs, PRODUCT, SINGLY } from './contenders.ts';
import { dollarsPerMillion } from './dollars.ts';
import { fewestCalls, IMAGES_PER_CALL, INVOCATIONS_AT_ONCE } from './limit.ts';
import { type CallsResult, type RunFigures, type Runs, spreadOfRuns } from './result.ts';

const HEADER = [
  '',
  'batches',
  'update calls',
  'of what batches allow',
  'list calls',
  'seconds',
  'of the limit',
  'calls at once',
  'good events dead-lettered',
  'images wrong in the end',
  'requests to the table an image',
  'writes billed an image',
  '$ for a million',
];

/** A table for each workload, and the pictures. */
export function renderCalls(result: CallsResult): Rendered {
  const { events, changedImages, runs } = result;
  const tables = Object.entries(changedImages).map(([workload, changed]) => {
    const rows = runs
      .filter((run) => run.workload === workload)
      .map((run) => rowOf(run, changed, events));
    const limit = ['*the limit*', '', `${fewestCalls(changed)}`, '', '', '', '1'];
    const cells = [...rows, limit.concat(HEADER.slice(limit.length).map(() => ''))];
    const heading = `### ${workload.charAt(0).toUpperCase()}${workload.slice(1)}`;
    return `${heading}\n\n${howOften(repeatsOf(runs, workload))}.${comparison(runs, workload)}\n\n${table(HEADER, cells)}`;
  });
  return {
    text: `${events.toLocaleString('en')} events in the queue; ${DELAYS_IN_WORDS}. *The limit* is a full
call for each ${IMAGES_PER_CALL} images that change at all, ${INVOCATIONS_AT_ONCE} calls at once, with answers as slow as they were in that run. Seconds count
until the last change is in place. Each contender has the same queue, batches of 500 and two invocations; those that send
each record by itself do so all at once, so that hundreds of calls are under way, which FinerWorks may or may not bear.
Median, and where half of the runs lie. *What batches allow* is a full call for each ${IMAGES_PER_CALL} images that a batch changes. Requests to the
ledger's table and its writes, each of up to 1 KB, are counted at the table's socket, for each image that changes at all.

*This product* has the defaults: it lists images before each call, and reads back a sample of the calls (\`verify=sample\`;
[scale](#scale-and-verification-in-virtual-time) has the other values).
*Bare* has \`virtualInventory=remove\`, \`verify=off\` and no ledger, and so does no more than the peers. Powertools is as its
documents show batches of SQS; calls of 50, then one by one, is how RudderStack resends what is refused. Dollars are
computed from the prices of ${LOOKED_UP} ([cost](cost.md)) and from invocations as long as they were here, the emulated table
and its processor included.

![Calls to FinerWorks by contender and workload](figures/bench-calls.svg)

![Seconds until the last change is in place](figures/bench-seconds.svg)

${tables.join('\n\n')}${failingNote(Object.keys(changedImages))}`,
    charts: {
      'bench-calls': chart(result, 'calls to FinerWorks: updates and lists', allCalls),
      'bench-seconds': chart(
        result,
        'seconds until the last change is in place',
        (run) => run.seconds,
      ),
    },
  };
}

/** The most runs that a contender had of a workload. */
function repeatsOf(runs: CallsResult['runs'], workload: string): number {
  return Math.max(
    ...runs.flatMap((run) => (run.workload === workload ? [run.figures.length] : [])),
  );
}

/** How this product's time compares where images are refused. */
function comparison(runs: CallsResult['runs'], workload: string): string {
  const secondsOf = (contender: Contender) => {
    const run = runs.find(
      (each) => each.workload === workload && each.contender === contender.name,
    );
    return run && spreadOfRuns(run, ({ seconds }) => seconds).median;
  };
  const [ours, bare, singly] = [PRODUCT, BARE, SINGLY].map(secondsOf);
  if (!isRefusing(workload) || ours === undefined || bare === undefined || singly === undefined) {
    return '';
  }
  return ` This product takes ${(ours / singly).toFixed(2)} of the time of *${SINGLY.name}*, bare ${(bare / singly).toFixed(2)}.`;
}

function isRefusing(workload: string): boolean {
  return workload.includes('refused');
}

/** How failures are told to the contenders, where a workload has any. */
function failingNote(workloads: readonly string[]): string {
  if (!workloads.some((name) => /refused|throttled/.test(name))) return '';
  return `\n\nIn *refused* FinerWorks does not know some of the images, and in *throttled* it answers some of the calls with 429 at once.
Peers' failed records come back after 10 s (those of calls of 50 after 30 s, with refusals after 60 s, so long as an invocation
may take) instead of the twelve minutes that AWS recommends, and are dead-lettered after five receives; with refusals after 5 s once
nothing is left but images that can't be updated. Ours wait as they would in production. Where calls are throttled, all run side by
side, since they do little but wait. After a 429 this product slows down on
purpose: nothing is documented about limits, and the calls are the ones to spare.`;
}

/** What FinerWorks has to answer. */
export function allCalls({ updateCalls, listCalls }: RunFigures): number {
  return updateCalls + listCalls;
}

function rowOf(runs: Runs, changed: number, events: number): string[] {
  const of = (value: (run: RunFigures) => number, digits = 0) =>
    showSpread(spreadOfRuns(runs, value), digits);
  return [
    runs.contender,
    of(({ invocations }) => invocations),
    of(({ updateCalls }) => updateCalls),
    /refused|throttled/.test(runs.workload)
      ? ''
      : of((run) => run.updateCalls / run.callsThatBatchesAllow, 2),
    of(({ listCalls }) => listCalls),
    of(({ seconds }) => seconds, 1),
    of((run) => run.seconds / fewestSeconds(changed, run), 2),
    of(({ mostCallsAtOnce }) => mostCallsAtOnce),
    of(({ goodDeadLetters }) => goodDeadLetters),
    of(({ wrongImages }) => wrongImages),
    of((run) => run.tableRequests / changed, 2),
    of((run) => run.tableWrites / changed, 2),
    dollarsPerMillion(runs, events).toFixed(2),
  ];
}

/** One full call behind the other in each invocation, with answers as slow as they were in the run. */
function fewestSeconds(changed: number, { meanDelay }: RunFigures): number {
  return (fewestCalls(changed) * meanDelay) / INVOCATIONS_AT_ONCE;
}

function chart(
  { runs }: CallsResult,
  title: string,
  value: (run: RunFigures) => number,
): TopLevelSpec {
  const dots = runs.map((each) => ({
    panel: each.workload,
    contender: each.contender.replaceAll('`', ''),
    value: spreadOfRuns(each, value).median,
    isOurs: isOurs(each.contender),
  }));
  return dotChart(title, dots);
}
