import { readFileSync } from 'node:fs';
import { WITHOUT_LEDGER } from '../../bench/calls/contenders.ts';
import { keptRaces } from '../../bench/calls/kept.ts';
import { fewestCalls } from '../../bench/calls/limit.ts';
import { medianOf } from '../../bench/calls/median-of.ts';
import { table } from '../table.ts';

export const README = new URL('../../README.md', import.meta.url);

/** What stands between these marks is written by `npm run docs`. */
const SECTION = /(<!-- benchmarks -->\n)[\s\S]*(<!-- end of benchmarks -->)/;

/** The README as it should be: with the calls of each contender. */
export function readmeWithBenchmarks(): string {
  const result = keptRaces();
  const workloads = Object.keys(result.changedImages);
  const contenders = [...new Set(result.runs.map(({ contender }) => contender))];
  // How the ledger's emulator weighs on the seconds is a matter for the page of benchmarks.
  const shown = contenders.filter((contender) => contender !== WITHOUT_LEDGER.name);
  const rows = shown.map((contender) => [
    contender,
    ...workloads.map(
      (workload) => `${medianOf(result, contender, workload, ({ updateCalls }) => updateCalls)}`,
    ),
  ]);
  const limits = Object.values(result.changedImages).map((changed) => `${fewestCalls(changed)}`);
  const text = `Calls of \`update_images\` for ${result.events.toLocaleString('en')} events, against the same queue and the same stand-in of FinerWorks:

${table(['', ...workloads], [...rows, ['*a full call for each 50 images that change*', ...limits]])}

![Calls of update_images by contender and workload](docs/figures/bench-calls.svg)

[Benchmarks](docs/benchmarks.md) has seconds, dollars, isolation, processor, cold start, latency and scale, and where
we are not the fastest; \`npm run bench\` measures all of it again.
`;
  return readFileSync(README, 'utf8').replace(
    SECTION,
    (_, begin: string, end: string) => `${begin}${text}${end}`,
  );
}
