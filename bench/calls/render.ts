import type { TopLevelSpec } from 'vega-lite';
import { LOOKED_UP } from '../../scripts/docs/cost/prices.ts';
import { table } from '../../scripts/docs/table.ts';
import { DELAYS_IN_WORDS } from '../answer-delays.ts';
import type { Rendered } from '../benchmark.ts';
import { dotChart } from '../charts.ts';
import { showSpread } from '../spread.ts';
import { isOurs } from './contenders.ts';
import { dollarsPerMillion } from './dollars.ts';
import { fewestCalls, IMAGES_PER_CALL, INVOCATIONS_AT_ONCE } from './limit.ts';
import { type CallsResult, type RunFigures, type Runs, spreadOfRuns } from './result.ts';

const HEADER = [
  '',
  'update calls',
  'list calls',
  'seconds',
  'of the limit',
  'calls at once',
  'good events dead-lettered',
  'images wrong in the end',
  '$ for a million',
];

/** A table for each workload, and the pictures. */
export function renderCalls(result: CallsResult): Rendered {
  const { events, changedImages, runs } = result;
  const tables = Object.entries(changedImages).map(([workload, changed]) => {
    const rows = runs
      .filter((run) => run.workload === workload)
      .map((run) => rowOf(run, changed, events));
    const limit = ['*the limit*', `${fewestCalls(changed)}`, '', '', '1', '', '', '', ''];
    return `### ${workload.charAt(0).toUpperCase()}${workload.slice(1)}\n\n${table(HEADER, [...rows, limit])}`;
  });
  return {
    text: `${events.toLocaleString('en')} events in the queue; ${DELAYS_IN_WORDS}. *The limit* is a full
call for each ${IMAGES_PER_CALL} images that change at all, ${INVOCATIONS_AT_ONCE} calls at once, with answers as slow as they were in that run. Seconds count
until the last change is in place. Each contender has the same queue, batches of 500 and two invocations; those that send
each record by itself do so all at once, so that hundreds of calls are under way, which FinerWorks may or may not bear.
Median, and where half of the runs lie.

*This product* has the defaults: it lists images before each call, and reads back a sample of the calls (\`verify=sample\`).
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

/** How failures are told to the contenders, where a workload has any. */
function failingNote(workloads: readonly string[]): string {
  if (!workloads.some((name) => /refused|throttled/.test(name))) return '';
  return `\n\nIn *refused* FinerWorks does not know some of the images, and in *throttled* it answers some of the calls with 429 at once.
Peers' failed records come back after 10 s (60 s for calls of 50) instead of the twelve minutes that AWS recommends, and
are dead-lettered after five receives; ours wait as they would in production. After a 429 this product slows down on
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
    of(({ updateCalls }) => updateCalls),
    of(({ listCalls }) => listCalls),
    of(({ seconds }) => seconds, 1),
    of((run) => run.seconds / fewestSeconds(changed, run), 2),
    of(({ mostCallsAtOnce }) => mostCallsAtOnce),
    of(({ goodDeadLetters }) => goodDeadLetters),
    of(({ wrongImages }) => wrongImages),
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
