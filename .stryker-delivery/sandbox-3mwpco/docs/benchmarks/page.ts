// @ts-nocheck
import type { Benchmark, Rendered } from '../../bench/benchmark.ts';
import { BENCHMARKS, COMPUTED } from '../../bench/benchmarks.ts';
import { type Circumstances, readResult } from '../../bench/results.ts';

export const BENCHMARKS_PAGE = new URL('../benchmarks.md', import.meta.url);

/** The page of all benchmarks, from the results that were last kept. */
export function benchmarksPage(): string {
  const measured = BENCHMARKS.map((benchmark) => {
    const { circumstances, result } = readResult(benchmark);
    const { text } = benchmark.render(result);
    return `## ${benchmark.title}\n\n${text}\n\n${footerOf(benchmark, circumstances)}\n`;
  });
  const computed = COMPUTED.map(({ title, render }) => `## ${title}\n\n${render().text}\n`);
  return `# Benchmarks

Measured with \`npm run bench\` on one machine, against emulators of SQS, DynamoDB and Secrets Manager
and a stand-in of FinerWorks, all on the same processors as the function. Ratios are taken side by
side in one run, in turns; absolute times are of that machine, and promise nothing. Nothing here was
measured in AWS.

${[...measured, ...computed].join('\n')}`;
}

/** Every picture of the benchmarks, by the name of its file. */
export function benchmarkCharts(): Rendered['charts'] {
  const measured = BENCHMARKS.map((benchmark) => benchmark.render(readResult(benchmark).result));
  const computed = COMPUTED.map(({ render }) => render());
  return Object.assign({}, ...[...measured, ...computed].map(({ charts }) => charts));
}

function footerOf({ name }: Benchmark, circumstances: Circumstances): string {
  const { date, node, processor, cores, memoryGibibytes } = circumstances;
  return `Measured ${date}, Node ${node.slice(1)}, ${cores} cores of ${processor}, ${memoryGibibytes} GiB; \`npm run bench -- ${name}\`; [as JSON](benchmarks/${name}.json).`;
}
