/**
 * A fresh process, as a cold start is one: `node start.ts BUNDLE EVENT` imports a bundle, invokes its
 * handler twice with the events of a file, and prints what that took as JSON.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , bundle = '', eventFile = ''] = process.argv;
const [first, second] = JSON.parse(readFileSync(eventFile, 'utf8'));
const context = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: 'bench',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 120_000,
};

const begin = performance.now();
const { handler } = await import(pathToFileURL(bundle).href);
const imported = performance.now();
await handler(first, context);
const invoked = performance.now();
await handler(second, context);
const invokedAgain = performance.now();

process.stdout.write(
  `\n${JSON.stringify({
    importing: imported - begin,
    firstInvocation: invoked - imported,
    secondInvocation: invokedAgain - invoked,
  })}\n`,
);
process.exit();
