import { join } from 'node:path';
import { Command, Option } from 'commander';
import { loadProduct } from './product.ts';
import { simulate } from './simulate.ts';
import { describeFailure, Totals } from './totals.ts';
import { wholeNumber } from './whole-number.ts';

/** More failing seeds than this are counted, but not described. */
const DESCRIBED_FAILURES = 3;

const command = new Command('npm run simulate --')
  .description(
    'Runs the function through worlds in which everything fails that can, in virtual time, and checks that nothing was lost. A seed decides all that happens in its world.',
  )
  .option('--runs <number>', 'how many seeds to run', wholeNumber, 1_000)
  .option('--seed <number>', 'the first of them', wholeNumber, 1)
  .option('--trace', 'print everything that happened')
  .option('--json', 'print one JSON object as the last line')
  .option('--stop', 'stop at the first seed that violates a rule')
  .addOption(
    new Option('--lambda <directory>', "the function's code").default(
      join(import.meta.dirname, '..', 'lambda'),
      'lambda',
    ),
  )
  .addHelpText(
    'after',
    `
Examples:
  npm run simulate                                       1,000 seeds
  npm run simulate -- --runs 10000 --json                figures for machines
  npm run simulate -- --seed 279 --runs 1 --trace        replay one seed exactly

Exits with 1 if a rule was violated.`,
  )
  .parse();

const options = command.opts<{
  runs: number;
  seed: number;
  trace?: true;
  json?: true;
  stop?: true;
  lambda: string;
}>();

const product = await loadProduct(options.lambda);
const totals = new Totals();
const begin = performance.now();
for (let seed = options.seed; seed < options.seed + options.runs; seed += 1) {
  const run = await simulate(seed, product);
  totals.add(run);
  if (options.trace) console.log(run.trace.join('\n'));
  if (run.violations.length > 0 && totals.failures.length <= DESCRIBED_FAILURES) {
    console.error(describeFailure(run));
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${seed - options.seed + 1} runs `);
  if (run.violations.length > 0 && options.stop) break;
}
if (process.stderr.isTTY) process.stderr.write('\r');

const summary = totals.summary((performance.now() - begin) / 1_000);
if (options.json) console.log(JSON.stringify(summary));
else {
  const { failures, ...figures } = summary;
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(26)}${value}`);
  console.log(
    `${'failing seeds'.padEnd(26)}${failures.map(({ seed }) => seed).join(' ') || 'none'}`,
  );
}
process.exitCode = totals.failures.length > 0 ? 1 : 0;
