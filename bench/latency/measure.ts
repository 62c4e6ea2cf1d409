import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from 'simple-statistics';
import * as z from 'zod';
import { readSettings } from '../../infra/settings.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { startLocalSystem } from '../../local/system.ts';
import type { Effort } from '../benchmark.ts';
import { interleaved } from '../interleaved.ts';
import { guidOf } from '../records.ts';
import { spreadOf } from '../statistics.ts';
import { noTraffic, weather } from '../weather.ts';
import type { LatencyResult, LatencyRun } from './result.ts';
import { sendPaced } from './send-paced.ts';

const DEFAULTS = readSettings({ secretName: 'finerworks/keys' });

const SETTINGS = [
  {
    name: `window of ${DEFAULTS.batchingWindowSeconds} s`,
    batchSize: DEFAULTS.batchSize,
    batchingWindowSeconds: DEFAULTS.batchingWindowSeconds,
  },
  // The most that Lambda takes into a batch without a window.
  { name: 'no window, batches of 10', batchSize: 10, batchingWindowSeconds: 0 },
] as const;

/** Seconds of sending at each rate, several windows long. */
const RATES = {
  full: { 1: 40, 10: 20, 100: 20, 1000: 10 },
  quick: { 10: 8, 100: 5 },
} as const satisfies Record<Effort, Record<number, number>>;

const REPEATS = { full: 2, quick: 1 } as const satisfies Record<Effort, number>;

/** What is not applied so long after the last event counts as applied only then. */
const PATIENCE_SECONDS = 25;
const LOOK_INTERVAL = 50;

const Body = z.object({ images: z.array(z.object({ guid: z.string() })) });

/** Sends events at several rates, in turns, and looks when each is applied. */
export async function measureLatency(effort: Effort): Promise<LatencyResult> {
  const cases = Object.entries(RATES[effort]).flatMap(([rate, seconds]) =>
    SETTINGS.map((setting) => ({ setting, rate: Number(rate), seconds })),
  );
  const measured = await interleaved(cases, REPEATS[effort], async (latencyCase) => {
    const run = await measureRate(latencyCase);
    const { setting, rate } = latencyCase;
    process.stderr.write(
      `  ${setting.name}: ${rate} a second: p50 ${run.p50.toFixed(2)} s, p99 ${run.p99.toFixed(2)} s\n`,
    );
    return run;
  });
  const rows = [...measured].map(([{ setting, rate }, runs]) => {
    const spread = (value: (run: LatencyRun) => number) => spreadOf(runs.map(value));
    return {
      setting: setting.name,
      eventsPerSecond: rate,
      p50: spread(({ p50 }) => p50),
      p99: spread(({ p99 }) => p99),
      waiting: spread(({ waiting }) => waiting),
      appliedASecond: spread(({ appliedASecond }) => appliedASecond),
      imagesACall: spread(({ imagesACall }) => imagesACall),
      invocationSecondsOfThousand: spread((run) => run.invocationSecondsOfThousand),
    };
  });
  return { repeats: REPEATS[effort], rows };
}

interface LatencyCase {
  readonly setting: (typeof SETTINGS)[number];
  /** Events a second. */
  readonly rate: number;
  /** How long they are sent. */
  readonly seconds: number;
}

async function measureRate({ setting, rate, seconds }: LatencyCase): Promise<LatencyRun> {
  const { batchSize, batchingWindowSeconds } = setting;
  await using system = await startLocalSystem({
    batchSize,
    batchingWindowSeconds,
    timeoutSeconds: 120,
    visibilityTimeoutSeconds: 725,
    maxReceiveCount: 200,
    maxConcurrency: DEFAULTS.maxConcurrency,
  });
  const { standIn, tally } = system;
  const appliedAt = new Map<string, number>();
  const slow = weather({
    seed: `latency ${rate}`,
    throttledShare: 0,
    traffic: noTraffic(),
  });
  standIn.images.add(Array.from({ length: rate * seconds }, (_, n) => guidOf(n)));
  standIn.intercept = (request, response, proceed) =>
    slow(request, response, () => {
      proceed();
      if (request.method !== 'PUT') return;
      const { images } = Body.parse(jsonOrUndefined(request.body));
      for (const { guid } of images) appliedAt.set(guid, performance.now());
    });
  system.start();
  const start = performance.now();
  const sentAt = await sendPaced(system.queues, rate, seconds);
  const waiting = sentAt.size - appliedAt.size;
  const end = performance.now() + PATIENCE_SECONDS * 1_000;
  while (appliedAt.size < sentAt.size && performance.now() < end) await sleep(LOOK_INTERVAL);
  // What was billed is known when an invocation has ended, and some last image is not its end.
  await system.stop();
  const lastLook = performance.now();
  const latencies = [...sentAt].map(
    ([guid, sent]) => ((appliedAt.get(guid) ?? lastLook) - sent) / 1_000,
  );
  const applied = appliedAt.size;
  const updateCalls = standIn.requests.filter(({ method }) => method === 'PUT').length;
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    waiting,
    appliedASecond: (applied / (lastLook - start)) * 1_000,
    imagesACall: applied / updateCalls,
    invocationSecondsOfThousand: (tally.invocationSeconds / applied) * 1_000,
  };
}
