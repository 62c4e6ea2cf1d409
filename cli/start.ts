import { errorCode } from './error-code.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { run } from './run.ts';
import { Interruption } from './terminal/interruption.ts';

/** The program, once the version of Node is known to do. */
const interruption = new Interruption();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interruption.request()) process.exit(EXIT_CODES.interrupted.code);
    process.stderr.write('\nFinishing what is under way. Ctrl-C again ends at once.\n');
  });
}
// A reader such as `head` that has seen enough is no fault.
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
