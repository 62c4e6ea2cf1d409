import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { Command } from 'commander';
import { type MeasuredFile, measure } from './measure.ts';
import { countsOf, LEAST_SCORE, report, reportAsJson, scoreOf } from './report.ts';
import { sourcesAt, testsOfFunction } from './sources.ts';

const command = new Command('npm run test:mutation --')
  .description(
    'Changes the function in one place at a time, and runs the tests of test/lambda that run the place. A change that no test notices has survived.',
  )
  .argument('[paths...]', 'files or folders', ['lambda'])
  .option('--tests <text...>', 'only test files whose path holds one of these texts')
  .option(
    '--longest <seconds>',
    'leave out tests that take longer: each mutant that survives waits for all of them',
    Number,
    2,
  )
  .option('--json <file>', 'write all mutants there too, in the form of Stryker’s reports')
  .addHelpText(
    'after',
    `
Examples:
  npm run test:mutation                                      the whole function
  npm run test:mutation -- lambda/ledger lambda/delivery     two rooms
  npm run test:mutation -- lambda/settlement/settle.ts       one file
  npm run test:mutation -- lambda/keys --tests lambda/keys   quicker: by the room's own tests alone

What is done is told on standard error as it comes.
Changes of what runs only once, as a module loads, are not tried.
Exits with 1 if the score of a file is below ${LEAST_SCORE} %.`,
  )
  .parse();

const {
  tests = [''],
  longest,
  json,
} = command.opts<{ tests?: string[]; longest: number; json?: string }>();
/** Nobody waits for it. */
setPriority(10);
/** More would only wait for one another on most machines: each runs servers and clients at once. */
const PROCESSES = 2;

const root = process.cwd();
const say = (line: string) => process.stderr.write(`${line}\n`);
const done: MeasuredFile[] = [];
const files = await measure({
  root,
  paths: sourcesAt(root, command.args.length > 0 ? command.args : ['lambda']),
  tests: testsOfFunction(root).filter((path) => tests.some((text) => path.includes(text))),
  processes: PROCESSES,
  longest: longest * 1_000,
  onFile: (file, left) => {
    const score = scoreOf(countsOf(file.mutants)).toFixed(1);
    say(`${file.path}  ${score} %, ${left} mutants left`);
    done.push(file);
    // What was measured stays, though the command be stopped.
    if (json !== undefined) writeFileSync(json, JSON.stringify(reportAsJson(done)));
  },
  onRemark: say,
});
console.log(report(files));
const low = files.filter(({ mutants }) => scoreOf(countsOf(mutants)) < LEAST_SCORE);
for (const { path } of low) console.log(`below ${LEAST_SCORE} %: ${path}`);
process.exitCode = low.length === 0 ? 0 : 1;
