// @ts-nocheck
import { table } from '../../docs/table.ts';
import type { Rendered } from '../benchmark.ts';
import { LATENCY } from '../weather.ts';
import { besidePeersTable } from './beside-peers.ts';
import { callsChart, secondsChart } from './charts.ts';
import { MIDDY, POWERTOOLS, WITHOUT_LEDGER } from './contenders.ts';
import { goalLines } from './goals.ts';
import { fewestCalls, IMAGES_PER_CALL, INVOCATIONS_AT_ONCE } from './limit.ts';
import { raceTables } from './race-tables.ts';
import type { BatchSizeRun, CallsResult, RaceResult } from './result.ts';

/** Tables by workload, what was to be reached, and the pictures. */
export function renderCalls(result: CallsResult): Rendered {
  const { events, changedImages, batchSizes } = result;
  return {
    text: `${events.toLocaleString('en')} events in the queue; the stand-in answers after ${LATENCY.usual} s, and ${LATENCY.slowShare * 100} % of the calls after ${LATENCY.slow} s. *The limit* is a
full call for each ${IMAGES_PER_CALL} images that change at all, ${INVOCATIONS_AT_ONCE} calls at once, with answers as slow as they were in that
run. Seconds count until the last change is in place. Each contender has the same queue, batches of 500 and two
invocations; those that send each record by itself do so all at once, so that hundreds of calls are under way,
which FinerWorks may or may not bear. Median, and where half of the runs lie.

![Calls of update_images by contender and workload](figures/bench-calls.svg)

![Seconds until the last change is in place](figures/bench-seconds.svg)

${raceTables(result)}

### Beside each peer

What this product takes, by what the peer takes.

${besidePeersTable(result)}

### What was to be reached

${goalLines(result).join('\n')}

### By the size of batches

Calls where answers come at once, beside the fewest that the batches allow (a full call for each ${IMAGES_PER_CALL} images of
an invocation) and beside the limit.

${batchTable(batchSizes, changedImages)}

Peers: \`${POWERTOOLS}\` and \`${MIDDY}\` as their documents show batches of SQS; calls of 50 as RudderStack resends
what is refused; EventBridge Pipes is a model of its documented limits (300 calls a second, 5 s for an answer),
since none of its code can be run. \`${WITHOUT_LEDGER.name.replaceAll('`', '')}\` shows what the emulated table takes of the
same processors: a real one does not.`,
    charts: { 'bench-calls': callsChart(result), 'bench-seconds': secondsChart(result) },
  };
}

/** The same tables, where calls fail. */
export function renderFailures(result: RaceResult): Rendered {
  return {
    text: `As above, and FinerWorks refuses the images that it does not know, or answers some of the calls with 429 at once.
Peers' failed records come back after 10 s (60 s for calls of 50) instead of the twelve minutes that AWS
recommends, and are dead-lettered after five receives; ours wait as they would in production. After a 429 this
product slows down on purpose: nothing is documented about limits, and the calls are the ones to spare.

![Calls of update_images where calls fail](figures/bench-failing-calls.svg)

${raceTables(result)}

### Beside each peer, where calls fail

${besidePeersTable(result)}`,
    charts: { 'bench-failing-calls': callsChart(result) },
  };
}

function batchTable(runs: readonly BatchSizeRun[], changed: CallsResult['changedImages']): string {
  const header = ['workload', 'batch size', 'invocations', 'update calls', 'of what batches allow'];
  return table(
    [...header, 'of the limit'],
    runs.map(({ workload, batchSize, invocations, updateCalls, fewestCalls: fewest }) => [
      workload,
      batchSize.toLocaleString('en'),
      `${invocations}`,
      `${updateCalls}`,
      (updateCalls / fewest).toFixed(2),
      (updateCalls / fewestCalls(changed[workload] ?? 0)).toFixed(2),
    ]),
  );
}
