// @ts-nocheck
import type { Effort } from '../benchmark.ts';
import { CONTENDERS, REMOVE, WITHOUT_LEDGER } from './contenders.ts';
import { measureRun } from './measure-run.ts';
import { race } from './race.ts';
import type { BatchSizeRun, CallsResult, RaceResult } from './result.ts';
import { distinct, noisyShop, refused, repeated, type Workload } from './workloads.ts';

const BATCH_SIZES = [10, 50, 100, 500, 1_000, 10_000];
const REAL_CHANGES = 0.05;

const EVENTS = { full: 10_000, quick: 1_000 } as const satisfies Record<Effort, number>;
const REPEATS = { full: 2, quick: 1 } as const satisfies Record<Effort, number>;

/** Every contender where nothing fails, and ours with batches of every size. */
export async function measureCalls(effort: Effort): Promise<CallsResult> {
  const events = EVENTS[effort];
  const workloads = [
    distinct(events),
    noisyShop(events, REAL_CHANGES),
    repeated(events, 0.3),
  ] as const;
  const raced = await race(CONTENDERS, workloads, REPEATS[effort]);
  const batchSizes: BatchSizeRun[] = [];
  for (const workload of workloads.slice(0, 2)) {
    for (const batchSize of BATCH_SIZES) batchSizes.push(await withBatches(workload, batchSize));
  }
  return { ...raced, batchSizes };
}

/** Every contender where calls fail. Once each: a run takes minutes, for the peers' retries. */
export function measureFailures(effort: Effort): Promise<RaceResult> {
  const events = EVENTS[effort];
  const contenders = CONTENDERS.filter((contender) => contender !== WITHOUT_LEDGER);
  return race(contenders, [refused(events, 0.005), distinct(events, 0.2)], 1);
}

/** Only calls are counted, and so nobody needs to wait for answers. */
async function withBatches(workload: Workload, batchSize: number): Promise<BatchSizeRun> {
  // Where images come up again and again, that the ledger knows them is what counts.
  const contender = workload.changedImages < workload.bodies.length ? REMOVE : WITHOUT_LEDGER;
  const options = { batchSize, seed: 'none', hasLatency: false };
  const { updateCalls, fewestCalls, invocations } = await measureRun(contender, workload, options);
  process.stderr.write(`  ${workload.name}: batches of ${batchSize}\n`);
  return { workload: workload.name, batchSize, updateCalls, fewestCalls, invocations };
}
