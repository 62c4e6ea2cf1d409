/**
 * A fresh process, as a cold start is one: `node start.ts BUNDLE EVENT` imports a bundle, invokes its
 * handler with one event of a file after the other, and prints what that took as JSON. On Linux alone, as Lambda.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , bundle = '', eventFile = ''] = process.argv;
const events = JSON.parse(readFileSync(eventFile, 'utf8'));
const context = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: 'bench',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 120_000,
};

const begin = performance.now();
const { handler } = await import(pathToFileURL(bundle).href);
const imported = performance.now();
const invocations: number[] = [];
for (const event of events) {
  const invoked = performance.now();
  const { batchItemFailures } = await handler(event, context);
  if (batchItemFailures.length > 0) throw new Error('records were returned');
  invocations.push(performance.now() - invoked);
}

// Not resourceUsage().maxRSS: Linux counts there what the process had that this one was made from.
const status = readFileSync('/proc/self/status', 'utf8');
const peakMebibytes = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
const result = { importing: imported - begin, invocations, peakMebibytes };
process.stdout.write(`\n${JSON.stringify(result)}\n`);
process.exit();
