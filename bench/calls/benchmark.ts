import { defineBenchmark, type Effort } from '../benchmark.ts';
import { interleaved } from '../interleaved.ts';
import { ALL_CONTENDERS, MAIN_CONTENDERS } from './contenders.ts';
import { renderCalls } from './render.ts';
import { CallsResult } from './result.ts';
import { runWorkload } from './run.ts';
import { distinct, noisyShop, refused } from './workloads.ts';

const EVENTS = { full: 1_000, quick: 200 } as const satisfies Record<Effort, number>;

/** In how many calls, and how soon, a full queue is worked off. */
export const calls = defineBenchmark({
  name: 'calls',
  title: 'Calls and drain time',
  schema: CallsResult,
  measure: measureCalls,
  render: renderCalls,
});

/** Every contender through every workload, in turns. */
async function measureCalls(effort: Effort): Promise<CallsResult> {
  const events = EVENTS[effort];
  const smooth = { contenders: ALL_CONTENDERS, repeats: effort === 'full' ? 2 : 1 };
  const failing = { contenders: MAIN_CONTENDERS, repeats: 1 };
  const races = [
    { workload: distinct(events), ...smooth },
    { workload: noisyShop(events, 0.05), ...smooth },
    { workload: refused(events, 0.005), ...failing },
    { workload: distinct(events, 0.2), ...failing },
  ];
  const runs: CallsResult['runs'] = [];
  for (const { workload, contenders, repeats } of races) {
    const measured = await interleaved(contenders, repeats, (contender, repeat) => {
      process.stderr.write(`  ${workload.name}: ${contender.name}\n`);
      return runWorkload(contender, workload, `delays ${repeat}`);
    });
    for (const [{ name }, figures] of measured) {
      runs.push({ workload: workload.name, contender: name, figures });
    }
  }
  const changed = races.map(({ workload }) => [workload.name, workload.changedImages] as const);
  return { events, changedImages: Object.fromEntries(changed), runs };
}
