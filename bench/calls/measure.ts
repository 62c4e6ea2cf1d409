import type { Effort } from '../benchmark.ts';
import { interleaved } from '../interleaved.ts';
import { MEAN_LATENCY } from '../weather.ts';
import { CONTENDERS, type Contender, REMOVE, WITHOUT_LEDGER } from './contenders.ts';
import { measureRun } from './measure-run.ts';
import type { BatchSizeRun, CallsResult, Runs } from './result.ts';
import { distinct, noisyShop, refused, repeated, type Workload } from './workloads.ts';

const DEFAULT_BATCH_SIZE = 500;
const BATCH_SIZES = [10, 50, 100, 500, 1_000, 10_000];
const REAL_CHANGES = 0.05;

/**
 * How much is measured. Where calls fail a run takes minutes, for the peers' retries above all, and
 * so there is one of each.
 */
const EFFORTS = {
  full: { events: 10_000, repeats: 2, failingRepeats: 1 },
  quick: { events: 1_000, repeats: 1, failingRepeats: 1 },
} as const satisfies Record<Effort, object>;

/** Runs every contender through every workload, and ours through batches of every size. */
export async function measureCalls(effort: Effort): Promise<CallsResult> {
  const { events, repeats, failingRepeats } = EFFORTS[effort];
  const workloads = [
    { workload: distinct(events), repeats },
    { workload: noisyShop(events, REAL_CHANGES), repeats },
    { workload: repeated(events, 0.3), repeats },
    { workload: refused(events, 0.005), repeats: failingRepeats },
    { workload: distinct(events, 0.2), repeats: failingRepeats },
  ];
  const runs: Runs[] = [];
  for (const { workload, repeats } of workloads) runs.push(...(await race(workload, repeats)));
  const batchSizes: BatchSizeRun[] = [];
  for (const workload of [distinct(events), noisyShop(events, REAL_CHANGES)]) {
    for (const batchSize of BATCH_SIZES) batchSizes.push(await withBatches(workload, batchSize));
  }
  return {
    events,
    meanLatency: MEAN_LATENCY,
    changedImages: Object.fromEntries(
      workloads.map(({ workload }) => [workload.name, workload.changedImages]),
    ),
    runs,
    batchSizes,
  };
}

async function race(workload: Workload, repeats: number): Promise<Runs[]> {
  const measured = await interleaved(CONTENDERS, repeats, async (contender, repeat) => {
    const options = { batchSize: DEFAULT_BATCH_SIZE, seed: `weather ${repeat}`, hasLatency: true };
    const figures = await measureRun(contender, workload, options);
    tell(workload, contender, `${figures.seconds.toFixed(1)} s`);
    return figures;
  });
  return [...measured].map(([{ name }, figures]) => ({
    workload: workload.name,
    contender: name,
    figures,
  }));
}

/** Only calls are counted, and so nobody needs to wait for answers. */
async function withBatches(workload: Workload, batchSize: number): Promise<BatchSizeRun> {
  // Where images come up again and again, how many of them is what the ledger is for.
  const contender = workload.changedImages < workload.bodies.length ? REMOVE : WITHOUT_LEDGER;
  const figures = await measureRun(contender, workload, {
    batchSize,
    seed: 'none',
    hasLatency: false,
  });
  tell(workload, contender, `batches of ${batchSize}`);
  const { updateCalls, fewestCalls, invocations } = figures;
  return { workload: workload.name, batchSize, updateCalls, fewestCalls, invocations };
}

function tell({ name }: Workload, contender: Contender, what: string): void {
  process.stderr.write(`  ${name}: ${contender.name}: ${what}\n`);
}
