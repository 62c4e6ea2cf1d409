import { confirm } from '@clack/prompts';
import { EXIT_CODES } from '../cli/exit-codes.ts';
import { jsonOrUndefined } from '../lambda/general/json-or-undefined.ts';
import { parseKeyMap } from '../lambda/keys/key-map.ts';
import { type Keys, parseKeys } from '../lambda/keys/keys.ts';
import { guidsIn, readEvents, readGuids, readText, UsageError } from './events.ts';
import { alternating } from './finerworks/faults.ts';
import { type LocalOptions, readOptions } from './options.ts';
import { render } from './report.ts';
import { runEvents } from './run.ts';
import { addSampleImages, sampleEvents } from './sample.ts';
import { serve } from './serve.ts';
import { type LocalSystem, startLocalSystem } from './system.ts';
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
  await using system = await startLocalSystem({
    ...LOCAL_TIMES,
    batchSize: options.batchSize,
    batchingWindowSeconds: options.batchingWindowSeconds,
    maxConcurrency: options.maxConcurrency,
    functionSettings: { maxImagesPerCall: options.maxImagesPerCall },
    onDeleted: wanted.add,
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
  // Awaited here: the system is stopped as soon as this function returns.
  if (options.serve) return await serveUntilEnded(system);
  // The bar listens for both signals, so neither would end the process. Nothing outlives the process that
  // would need a clean end.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => process.exit(EXIT_CODES.interrupted.code));
  }
  const counted = await runEvents(system, waves, options.wait);
  const dead = new Set(counted.deadLetters.map(({ messageId }) => messageId));
  const report = { ...counted, ...(!api && wanted.compare(system.standIn, dead)) };
  const text = `${render(report)}\n`;
  if (options.json) process.stderr.write(text);
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : text);
  return report.returned === 0 ? 0 : 1;
}

async function serveUntilEnded(system: LocalSystem): Promise<number> {
  system.standIn.images.acceptAll = true;
  await serve(system);
  return 0;
}

async function wavesOf({ serve, events }: LocalOptions): Promise<string[][]> {
  if (serve) return [];
  return events === undefined ? sampleEvents() : [await readEvents(events)];
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
  const message = `Send ${events} events to ${url} and change real images there?`;
  return (await confirm({ message, initialValue: false, output: process.stderr })) === true;
}

try {
  process.exitCode = await main(readOptions(process.argv));
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof Error && error.name === 'KeysError')) {
    throw error;
  }
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 2;
}
