import { table } from '../../docs/table.ts';
import type { Rendered } from '../benchmark.ts';
import { showSpread, spreadOf } from '../statistics.ts';
import { callsChart, secondsChart } from './charts.ts';
import { MIDDY, POWERTOOLS, WITHOUT_LEDGER } from './contenders.ts';
import { goalLines } from './goals.ts';
import { IMAGES_PER_CALL, INVOCATIONS_AT_ONCE, limitOf } from './limit.ts';
import type { RunFigures } from './measure-run.ts';
import type { BatchSizeRun, CallsResult, Runs } from './result.ts';

const HEADER = [
  '',
  'update calls',
  'of the limit',
  'list calls',
  'seconds',
  'of the limit',
  'at once',
  'good events dead-lettered',
  'images wrong in the end',
];

/** Tables by workload, what was to be reached, and the pictures. */
export function renderCalls(result: CallsResult): Rendered {
  const { events, meanLatency, changedImages, runs, batchSizes } = result;
  const workloads = Object.entries(changedImages).map(([workload, changed]) => {
    const limit = limitOf(changed, meanLatency);
    const ofWorkload = runs.filter((run) => run.workload === workload);
    const rows = ofWorkload.map((run) => rowOf(run, limit));
    const limitRow = ['*the limit*', `${limit.calls}`, '1', '', limit.seconds.toFixed(1), '1'];
    return `### ${capitalized(workload)}\n\n${table(HEADER, [...rows, [...limitRow, `${INVOCATIONS_AT_ONCE}`, '', '']])}`;
  });
  return {
    text: `${events.toLocaleString('en')} events in the queue, the stand-in answers after 200 ms, and 5 % of the calls after 2 s. *The
limit* is a full call for each ${IMAGES_PER_CALL} images that change at all, ${INVOCATIONS_AT_ONCE} calls at once, one behind the other.
Seconds count until the last change is in place. Each contender has the same queue, batches of 500 and two
invocations; those that send each record by itself do so all at once, so that hundreds of calls are under way,
which FinerWorks may or may not bear. Median, and where half of the runs lie.

![Calls of update_images by contender and workload](figures/bench-calls.svg)

![Seconds until the last change is in place](figures/bench-seconds.svg)

${workloads.join('\n\n')}

### What was to be reached

${goalLines(result).join('\n')}

### By the size of batches

Calls where nothing fails and answers come at once, beside the limit and beside the fewest that the batches
allow (a full call for each ${IMAGES_PER_CALL} images of an invocation).

${batchTable(batchSizes, changedImages)}

Peers: \`${POWERTOOLS}\` and \`${MIDDY}\` as their documents show batches of SQS; calls of 50 as RudderStack resends
what is refused; EventBridge Pipes is a model of its documented limits (300 calls a second, 5 s for an answer),
since none of its code can be run. Peers' failed records come back after 10 s (60 s for calls of 50) instead of
the twelve minutes that AWS recommends, five times at most. \`${WITHOUT_LEDGER.name}\` shows what the emulated
table takes of the same processors.`,
    charts: { 'bench-calls': callsChart(result), 'bench-seconds': secondsChart(result) },
  };
}

function rowOf({ contender, figures }: Runs, limit: { calls: number; seconds: number }): string[] {
  const of = (value: (run: RunFigures) => number, digits = 0) =>
    showSpread(spreadOf(figures.map(value)), digits);
  return [
    contender,
    of(({ updateCalls }) => updateCalls),
    of(({ updateCalls }) => updateCalls / limit.calls, 2),
    of(({ listCalls }) => listCalls),
    of(({ seconds }) => seconds, 1),
    of(({ seconds }) => seconds / limit.seconds, 2),
    of(({ mostCallsAtOnce }) => mostCallsAtOnce),
    of(({ goodDeadLetters }) => goodDeadLetters),
    of(({ wrongImages }) => wrongImages),
  ];
}

function batchTable(runs: readonly BatchSizeRun[], changed: CallsResult['changedImages']): string {
  const header = ['workload', 'batch size', 'invocations', 'update calls', 'of what batches allow'];
  return table(
    [...header, 'of the limit'],
    runs.map(({ workload, batchSize, invocations, updateCalls, fewestCalls }) => [
      workload,
      batchSize.toLocaleString('en'),
      `${invocations}`,
      `${updateCalls}`,
      (updateCalls / fewestCalls).toFixed(2),
      (updateCalls / Math.ceil((changed[workload] ?? 0) / IMAGES_PER_CALL)).toFixed(2),
    ]),
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
