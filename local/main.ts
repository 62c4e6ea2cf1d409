import { confirm } from '@clack/prompts';
import { errorCode } from '../cli/error-code.ts';
import { EXIT_CODES } from '../cli/exit-codes.ts';
import { plural } from '../cli/terminal/plural.ts';
import { write, writeJson } from '../cli/terminal/terminal.ts';
import { jsonOrUndefined } from '../lambda/general/json-or-undefined.ts';
import { parseKeyMap } from '../lambda/keys/key-map.ts';
import { type Keys, parseKeys } from '../lambda/keys/keys.ts';
import { Outcome } from '../lambda/outcomes/outcome.ts';
import type { BusEvent } from './aws/event-bus.ts';
import { guidsIn, readEvents, readGuids, readText, UsageError } from './events.ts';
import { alternating } from './finerworks/faults.ts';
import { type LocalOptions, readOptions } from './options.ts';
import { type Report, render, reportOf } from './report.ts';
import { runEvents } from './run.ts';
import { addSampleImages, sampleEvents } from './sample.ts';
import { serve } from './serve.ts';
import { renderSettled, type Settled, SettledEvents } from './settled-events.ts';
import { startLocalSystem } from './system.ts';
import { WantedImages } from './wanted-images.ts';

/** Short, so that errors show soon; the function sets longer times itself. */
const LOCAL_TIMES = { timeoutSeconds: 60, visibilityTimeoutSeconds: 60, maxReceiveCount: 1_000 };

/** @returns the process's exit code */
async function main(options: LocalOptions): Promise<number> {
  const waves = await wavesOf(options);
  const events = waves.flat();
  const api = options.api && options.keys ? await realApi(options.api, options.keys) : undefined;
  const keysByAccount =
    options.keysByAccount === undefined ? undefined : await keySetsIn(options.keysByAccount);
  if (api !== undefined && !(await mayChangeImages(options, api.url, events.length))) return 1;

  const wanted = new WantedImages();
  const settled = new SettledEvents((one) => {
    if (options.serve) printSettled(one, options.json);
  });
  await using system = await startLocalSystem({
    ...LOCAL_TIMES,
    batchSize: options.batchSize,
    batchingWindowSeconds: options.batchingWindowSeconds,
    maxConcurrency: options.maxConcurrency,
    functionSettings: { maxImagesPerCall: options.maxImagesPerCall },
    port: options.port,
    state: options.state,
    webhooks: options.webhooks,
    onDeleted: (record) => {
      wanted.add(record);
      settled.deleted(record);
    },
    onReturned: settled.returned,
    onLine: settled.readLine,
    onOutcome: options.outcomes ? (event) => printOutcome(event, options.json) : undefined,
    ...(api && { api }),
    ...(keysByAccount && { keysByAccount }),
  });
  // The library with customers' images: images of the temporary library are not listed.
  system.standIn.images.home = 'inventory';
  system.standIn.readings = new Set(options.reading);
  system.standIn.listLagSeconds = options.listLag;
  if (options.images !== undefined) system.standIn.images.add(await readGuids(options.images));
  else if (options.events !== undefined) system.standIn.images.add(guidsIn(events));
  else await addSampleImages(system.standIn.images);
  if (options.faults.length > 0) system.standIn.intercept = alternating(options.faults);
  if (options.serve) {
    const takesAll = options.images === undefined && options.events === undefined;
    system.standIn.images.acceptAll = takesAll;
    const { json, env: envFile, state } = options;
    const begun = Date.now();
    await serve(system, { json, envFile, state, events, takesAll });
    tell(await reportOf(system, [...settled.ids], (Date.now() - begun) / 1_000));
    return 0;
  }
  // The bar listens for both signals, so neither would end the process. Nothing outlives the process that
  // would need a clean end.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => process.exit(EXIT_CODES.interrupted.code));
  }
  const counted = await runEvents(system, waves, options.wait);
  tell(counted);
  return counted.returned === 0 ? 0 : 1;

  function tell(counts: Report): void {
    const dead = new Set(counts.deadLetters.map(({ messageId }) => messageId));
    const report = { ...counts, ...(!api && wanted.compare(system.standIn, dead)) };
    const text = `${render(report)}\n`;
    if (options.json) process.stderr.write(text);
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : text);
  }
}

/** A line for each event as it is settled. */
function printSettled(settled: Settled, json: boolean): void {
  const time = new Date().toISOString();
  if (json) writeJson(process.stdout, { time, ...settled });
  else write(process.stdout, `${time}  ${renderSettled(settled)}\n`);
}

/** A line for each outcome that the bus is told. */
function printOutcome({ detail }: BusEvent, json: boolean): void {
  const event = Outcome.parse(detail);
  const { time, type, data } = event;
  if (json) writeJson(process.stdout, { time, outcome: 'told', event });
  else write(process.stdout, `${time}  told           ${type}  ${data.guids.join(' ')}\n`);
}

async function wavesOf({ serve, events }: LocalOptions): Promise<string[][]> {
  if (events !== undefined) return [await readEvents(events)];
  return serve ? [] : sampleEvents();
}

async function realApi(url: string, file: string) {
  return { url, keys: parseKeys(jsonOrUndefined(await readText(file)), file) };
}

async function keySetsIn(file: string): Promise<Record<string, Keys>> {
  const sets = parseKeyMap(jsonOrUndefined(await readText(file)), file);
  const parsed = [...sets].map(
    ([account, content]) => [account, parseKeys(content, `${file}, under ${account},`)] as const,
  );
  return Object.fromEntries(parsed);
}

/** Asks before real images are changed. */
async function mayChangeImages(options: LocalOptions, url: string, events: number) {
  if (options.yes) return true;
  if (!process.stdin.isTTY) throw new UsageError(`--api changes real images at ${url}: add --yes`);
  const message = options.serve
    ? `Let events change real images at ${url}?`
    : `Send ${plural(events, 'event')} to ${url} and change real images there?`;
  return (await confirm({ message, initialValue: false, output: process.stderr })) === true;
}

try {
  process.exitCode = await main(readOptions(process.argv));
} catch (error) {
  const isUsage =
    error instanceof UsageError ||
    (error instanceof Error && error.name === 'KeysError') ||
    errorCode(error) === 'EADDRINUSE';
  if (!isUsage) throw error;
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  // What has begun to listen before would keep the process up.
  process.exit(2);
}
