import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { FAULTS } from './faults/faults.ts';
import { describeHunted, type Hunted, huntAll } from './faults/hunt-all.ts';
import { wholeNumber } from './whole-number.ts';

const command = new Command('npm run simulate:faults --')
  .description(
    'Puts faults into copies of the function, one at a time, and shows where the simulation finds each, and by which rules. The search for a fault begins where it was found the last time.',
  )
  .option('--runs <number>', 'seeds to try for each fault', wholeNumber, 200)
  .option('--only <text>', 'only faults with this text in their names')
  .option('--at-once <number>', 'faults to hunt side by side', wholeNumber, availableParallelism())
  .option('--json', 'print one JSON object instead of a line for each fault')
  .addHelpText(
    'after',
    `
Examples:
  npm run simulate:faults                          all of them, about ten minutes on two processors
  npm run simulate:faults -- --only circuit        those with "circuit" in their names
  npm run simulate:faults -- --runs 1000 --json    search for longer; for machines

What is found is told on standard error as it comes.
Exits with 1 if a fault was not found, or no longer fits the code.`,
  )
  .parse();

const { runs, only, atOnce, json } = command.opts<{
  runs: number;
  only?: string;
  atOnce: number;
  json?: true;
}>();

const begin = performance.now();
const faults = FAULTS.filter(({ name }) => name.includes(only ?? ''));
if (faults.length === 0) command.error(`error: There is no fault with "${only}" in its name.`);
let count = 0;
const onHunted = (hunted: Hunted): void => {
  count += 1;
  process.stderr.write(`${count} of ${faults.length}  ${describeHunted(hunted)}\n`);
};
const hunted = await huntAll(faults, { runs, atOnce, onHunted });
const missed = hunted.filter(({ kind }) => kind !== 'found');
const seconds = Math.round((performance.now() - begin) / 1_000);
const found = hunted.length - missed.length;
if (json) console.log(JSON.stringify({ faults: hunted, found, missed: missed.length, seconds }));
else {
  for (const each of hunted) console.log(describeHunted(each));
  console.log(`${hunted.length} faults, ${found} found, ${missed.length} missed, in ${seconds} s`);
  for (const { name } of missed) console.log(`missed: ${name}`);
}
process.exitCode = missed.length === 0 ? 0 : 1;
