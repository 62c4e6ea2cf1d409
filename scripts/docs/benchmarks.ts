import { readFileSync, writeFileSync } from 'node:fs';
import type { Benchmark, Rendered } from '../../bench/benchmark.ts';
import { BENCHMARKS } from '../../bench/benchmarks.ts';
import { calls } from '../../bench/calls/benchmark.ts';
import { CONTENDERS } from '../../bench/calls/contenders.ts';
import { fewestCalls } from '../../bench/calls/limit.ts';
import { allCalls } from '../../bench/calls/render.ts';
import { CallsResult, spreadOfRuns } from '../../bench/calls/result.ts';
import { type Circumstances, readResult } from '../../bench/results.ts';
import { drawFigures } from './figures/draw.ts';
import { table } from './table.ts';

export const README = new URL('../../README.md', import.meta.url);
export const BENCHMARKS_PAGE = new URL('../../docs/benchmarks.md', import.meta.url);

/** What stands between these marks is written by `npm run docs`. */
const SECTION = /(<!-- benchmarks -->\n)[\s\S]*(<!-- end of benchmarks -->)/;

/** Writes the page, the README's part of it and the pictures anew, from the results that are kept. */
export async function updateBenchmarkDocuments(): Promise<void> {
  writeFileSync(BENCHMARKS_PAGE, benchmarksPage());
  writeFileSync(README, readmeWithBenchmarks());
  await drawFigures(benchmarkCharts());
}

/** The page of all benchmarks, from the results that were last kept. */
export function benchmarksPage(): string {
  const sections = BENCHMARKS.map((benchmark) => {
    const { circumstances, result } = readResult(benchmark);
    const { text } = benchmark.render(result);
    return `## ${benchmark.title}\n\n${text}\n\n${footerOf(benchmark, circumstances)}\n`;
  });
  return `# Benchmarks

Measured with \`npm run bench\` on one machine, against emulators of SQS, DynamoDB and Secrets Manager
and a stand-in of FinerWorks, all on the same processors as the function. Ratios are taken side by
side in one run, in turns; absolute times are of that machine, and promise nothing. Nothing here was
measured in AWS.

${sections.join('\n')}`;
}

/** Every picture of the benchmarks, by the name of its file. */
export function benchmarkCharts(): Rendered['charts'] {
  const all = BENCHMARKS.map((benchmark) => benchmark.render(readResult(benchmark).result).charts);
  return Object.assign({}, ...all);
}

/** The README as it should be: with the calls of each contender. */
export function readmeWithBenchmarks(): string {
  const { events, changedImages, runs } = CallsResult.parse(readResult(calls).result);
  const workloads = Object.keys(changedImages);
  const rows = CONTENDERS.map(({ name }) => [
    name,
    ...workloads.map((workload) => {
      const run = runs.find((each) => each.contender === name && each.workload === workload);
      return run === undefined ? '' : spreadOfRuns(run, allCalls).median.toLocaleString('en');
    }),
  ]);
  const limits = Object.values(changedImages).map((changed) => `${fewestCalls(changed)}`);
  const text = `Calls to FinerWorks for ${events.toLocaleString('en')} events, against the same queue and the same stand-in. *Bare* looks at
nothing and remembers nothing, as the others do; by default there is a list before each update:

${table(['', ...workloads], [...rows, ['*a full call for each 50 images that change*', ...limits]])}

![Calls to FinerWorks by contender and workload](docs/figures/bench-calls.svg)

[Benchmarks](docs/benchmarks.md) has seconds, dollars, verification, scale up to ten million events, isolation, processor, cold start, memory and
latency, and where we are not the fastest; \`npm run bench\` measures all of it again.
`;
  return readFileSync(README, 'utf8').replace(
    SECTION,
    (_, begin: string, end: string) => `${begin}${text}${end}`,
  );
}

function footerOf({ name }: Benchmark, circumstances: Circumstances): string {
  const { date, node, processor, cores, memoryGibibytes, load, seconds } = circumstances;
  const machine = `${cores} cores of ${processor}, ${memoryGibibytes} GiB`;
  return `Measured ${date}, Node ${node.slice(1)}, ${machine}, ${load} processes at work on it before; \`npm run bench -- ${name}\` took ${seconds} s; [as JSON](benchmarks/${name}.json).`;
}
