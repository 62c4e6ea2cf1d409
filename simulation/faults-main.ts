import { Command } from 'commander';
import { DELIVERY_FAULTS } from './faults/delivery-faults.ts';
import { hunt } from './faults/hunt.ts';
import { LEDGER_FAULTS } from './faults/ledger-faults.ts';
import { QUEUE_FAULTS } from './faults/queue-faults.ts';
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
const faults = [...DELIVERY_FAULTS, ...QUEUE_FAULTS, ...LEDGER_FAULTS];
const width = Math.max(...faults.map(({ name }) => name.length)) + 2;
for (const fault of faults) {
  const finding = await hunt(fault, runs);
  const found = finding && `found at seed ${finding.seed}: ${finding.rules.join(', ')}`;
  console.log(`${fault.name.padEnd(width)}${found ?? `NOT FOUND in ${runs} seeds`}`);
  if (finding === undefined) process.exitCode = 1;
}
