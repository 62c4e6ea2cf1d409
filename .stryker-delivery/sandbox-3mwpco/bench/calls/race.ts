// @ts-nocheck
import { interleaved } from '../interleaved.ts';
import type { Contender } from './contenders.ts';
import { measureRun } from './measure-run.ts';
import type { RaceResult } from './result.ts';
import type { Workload } from './workloads.ts';

const DEFAULT_BATCH_SIZE = 500;

/** Runs every contender through every workload, in turns. */
export async function race(
  contenders: readonly Contender[],
  workloads: readonly Workload[],
  repeats: number,
): Promise<RaceResult> {
  const runs: RaceResult['runs'] = [];
  for (const workload of workloads) {
    const measured = await interleaved(contenders, repeats, async (contender, repeat) => {
      const options = {
        batchSize: DEFAULT_BATCH_SIZE,
        seed: `weather ${repeat}`,
        hasLatency: true,
      };
      const figures = await measureRun(contender, workload, options);
      process.stderr.write(
        `  ${workload.name}: ${contender.name}: ${figures.seconds.toFixed(1)} s\n`,
      );
      return figures;
    });
    for (const [{ name }, figures] of measured) {
      runs.push({ workload: workload.name, contender: name, figures });
    }
  }
  return {
    events: workloads[0]?.bodies.length ?? 0,
    changedImages: Object.fromEntries(
      workloads.map(({ name, changedImages }) => [name, changedImages]),
    ),
    runs,
  };
}
