import { Argument, Command } from 'commander';
import { updateBenchmarkDocuments } from '../scripts/docs/benchmarks.ts';
import { BENCHMARKS } from './benchmarks.ts';
import { writeResult } from './results.ts';

const command = new Command('npm run bench --')
  .description(
    'Measures the product beside what people would use instead, on this machine, against emulators. On two idle processors all of them take up to 20 minutes and renew docs/benchmarks.md; with --quick up to 3.',
  )
  .addArgument(
    new Argument('[benchmarks...]', 'which of them; all if none is named').choices(
      BENCHMARKS.map(({ name }) => name),
    ),
  )
  .option('--quick', 'measure less, print only, and leave the documents as they are')
  .addHelpText(
    'after',
    `
Examples:
  npm run bench                        everything, for the documents
  npm run bench -- cpu cold-start      two of them, for the documents
  npm run bench -- calls --quick       does it run, and about what does it say`,
  )
  .parse();

const names = command.args;
const isQuick = command.opts<{ quick?: true }>().quick === true;
const chosen = BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name));

for (const benchmark of chosen) {
  process.stderr.write(`${benchmark.title}\n`);
  const begin = performance.now();
  const result = await benchmark.measure(isQuick ? 'quick' : 'full');
  process.stdout.write(`## ${benchmark.title}\n\n${benchmark.render(result).text}\n\n`);
  const seconds = (performance.now() - begin) / 1_000;
  process.stderr.write(`${benchmark.name} took ${seconds.toFixed(0)} s\n`);
  if (!isQuick) writeResult(benchmark, result, seconds);
}
if (!isQuick) await updateBenchmarkDocuments();
