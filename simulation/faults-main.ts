import { Command } from 'commander';
import { FAULTS } from './faults/faults.ts';
import { hunt } from './faults/hunt.ts';
import { wholeNumber } from './whole-number.ts';

const command = new Command('npm run simulate:faults --')
  .description(
    'Puts faults into copies of the function, one at a time, and shows with which seed the simulation finds each.',
  )
  .option('--runs <number>', 'seeds to try for each fault', wholeNumber, 200)
  .addHelpText(
    'after',
    `
Example:
  npm run simulate:faults -- --runs 1000

Exits with 1 if a fault was not found.`,
  )
  .parse();

const { runs } = command.opts<{ runs: number }>();
const width = Math.max(...FAULTS.map(({ name }) => name.length)) + 2;
for (const fault of FAULTS) {
  const finding = await hunt(fault, runs);
  const { name: world, variant } = fault.world ?? {};
  const where = world === undefined ? `seed ${finding?.seed}` : `${world} ${variant}`;
  const found = finding && `found at ${where}: ${finding.rules.join(', ')}`;
  console.log(`${fault.name.padEnd(width)}${found ?? 'NOT FOUND'}`);
  if (finding === undefined) process.exitCode = 1;
}
