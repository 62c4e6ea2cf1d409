import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseReadings, READING_NAMES, type ReadingName } from '../local/finerworks/readings.ts';
import { loadProduct } from './product.ts';
import { runSeeds } from './run-seeds.ts';
import { runWorlds } from './run-worlds.ts';
import { wholeNumber } from './whole-number.ts';
import { describeWorlds, findVariants } from './worlds/find-variants.ts';

const command = new Command('npm run simulate --')
  .description(
    'Runs the function through worlds in which everything fails that can, in virtual time, and checks that nothing was lost. A seed decides all that happens in its world.',
  )
  .option('--runs <number>', 'how many seeds to run; 1 with --world', wholeNumber)
  .option('--seed <number>', 'the first of them', wholeNumber, 1)
  .option('--world <name>', 'a kind of world at its full size, or all of them')
  .option('--variant <name>', 'one variant of it')
  .option(
    '--reading <names>',
    `what FinerWorks makes of what it does not document, in the place of what is drawn: none, or some of ${READING_NAMES.join(', ')}`,
    readingsOf,
  )
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
  npm run simulate -- --reading first-only,late-list     the same worlds, with these readings
  npm run simulate -- --world killer-record              each of its variants, at full size
  npm run simulate -- --world all --json                 the whole table

${describeWorlds()}

Exits with 1 if a rule was violated.`,
  )
  .parse();

const options = command.opts<{
  runs?: number;
  seed: number;
  world?: string;
  variant?: string;
  trace?: true;
  json?: true;
  stop?: true;
  reading?: ReadingName[];
  lambda: string;
}>();

const product = await loadProduct(options.lambda);
const isClean =
  options.world === undefined
    ? await runSeeds({ ...options, runs: options.runs ?? 1_000 }, product)
    : await runWorlds(chosen(options.world), { ...options, runs: options.runs ?? 1 }, product);
process.exitCode = isClean ? 0 : 1;

/** @throws {InvalidArgumentError} naming what there is not, or what can't hold at once */
function readingsOf(text: string): ReadingName[] {
  if (text === 'none') return [];
  try {
    return parseReadings(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function chosen(world: string) {
  const found = findVariants(world, options.variant);
  return typeof found === 'string' ? command.error(`error: ${found}`) : found;
}
