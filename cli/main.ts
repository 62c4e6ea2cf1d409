#!/usr/bin/env node
import { errorCode } from './error-code.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { run } from './run.ts';
import { Interruption } from './terminal/interruption.ts';

/** What the package's `bin` runs. */
const interruption = new Interruption();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interruption.request()) process.exit(EXIT_CODES.interrupted.code);
    process.stderr.write('\nFinishing what is under way. Ctrl-C again ends at once.\n');
  });
}
// A reader such as `head` may close the pipe early: that is no error.
process.stdout.on('error', (error) => {
  if (errorCode(error) === 'EPIPE') process.exit(EXIT_CODES.done.code);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  interruption,
});
