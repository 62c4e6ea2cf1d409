import { defineBenchmark, type Effort } from '../benchmark.ts';
import { interleaved } from '../interleaved.ts';
import { CONTENDERS, type Contender, PRODUCT } from './contenders.ts';
import { renderCalls } from './render.ts';
import { CallsResult } from './result.ts';
import { runWorkload } from './run.ts';
import { distinct, noisyShop, refused, type Workload } from './workloads.ts';

/** One workload, and who goes through it how often. */
interface Race {
  readonly workload: Workload;
  readonly contenders: readonly Contender[];
  readonly repeats: number;
}

const EVENTS = { full: 500, quick: 200 } as const satisfies Record<Effort, number>;

/** In how many calls, and how soon, a full queue is worked off. */
export const calls = defineBenchmark({
  name: 'calls',
  title: 'Calls and drain time',
  schema: CallsResult,
  measure: measureCalls,
  render: renderCalls,
});

/** Every contender through every workload. */
async function measureCalls(effort: Effort): Promise<CallsResult> {
  const events = EVENTS[effort];
  const races = effort === 'full' ? allRaces(events) : fewRaces(events);
  const runs: CallsResult['runs'] = [];
  for (const { workload, contenders, repeats } of races) {
    const run = (contender: Contender, repeat: number) => {
      process.stderr.write(`  ${workload.name}: ${contender.name}\n`);
      return runWorkload(contender, workload, `delays ${repeat}`);
    };
    const measured =
      workload.throttledShare > 0
        ? await atOnce(contenders, run)
        : await interleaved(contenders, repeats, run);
    for (const [{ name }, figures] of measured) {
      runs.push({ workload: workload.name, contender: name, figures });
    }
  }
  const changed = races.map(({ workload }) => [workload.name, workload.changedImages] as const);
  return { events, changedImages: Object.fromEntries(changed), runs };
}

function allRaces(events: number): Race[] {
  const contenders = CONTENDERS;
  return [
    { workload: distinct(events), contenders, repeats: 3 },
    { workload: noisyShop(events, 0.05), contenders, repeats: 2 },
    { workload: refused(events, 0.005), contenders, repeats: 1 },
    { workload: distinct(events, 0.2), contenders, repeats: 1 },
  ];
}

/** What shows in a minute that it runs. */
function fewRaces(events: number): Race[] {
  return [
    { workload: distinct(events), contenders: CONTENDERS, repeats: 1 },
    { workload: noisyShop(events, 0.05), contenders: [PRODUCT], repeats: 1 },
    { workload: refused(events, 0.005), contenders: [PRODUCT], repeats: 1 },
  ];
}

/** Side by side: where calls are throttled, all do little but wait for minutes. */
async function atOnce<Measured>(
  contenders: readonly Contender[],
  run: (contender: Contender, repeat: number) => Promise<Measured>,
): Promise<Map<Contender, Measured[]>> {
  const measured = contenders.map(async (contender): Promise<[Contender, Measured[]]> => {
    return [contender, [await run(contender, 0)]];
  });
  return new Map(await Promise.all(measured));
}
