import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from 'simple-statistics';
import * as z from 'zod';
import { readSettings } from '../../infra/settings.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { LocalQueues } from '../../local/aws/queues.ts';
import { startLocalSystem } from '../../local/system.ts';
import { answerDelays } from '../answer-delays.ts';
import type { Effort } from '../benchmark.ts';
import { interleaved } from '../interleaved.ts';
import { guidOf } from '../records.ts';
import { Spread, spreadOf } from '../spread.ts';

const DEFAULTS = readSettings({});

const SETTINGS = [
  {
    name: `window of ${DEFAULTS.batchingWindowSeconds} s`,
    batchSize: DEFAULTS.batchSize,
    batchingWindowSeconds: DEFAULTS.batchingWindowSeconds,
  },
  // The most that Lambda takes into a batch without a window.
  { name: 'no window, batches of 10', batchSize: 10, batchingWindowSeconds: 0 },
] as const;

/** Seconds of sending at each rate, several windows long. At lower rates the window alone decides. */
const RATES = {
  full: { 10: 15, 100: 15 },
  quick: { 10: 5 },
} as const satisfies Record<Effort, Record<number, number>>;

const REPEATS = { full: 2, quick: 1 } as const satisfies Record<Effort, number>;

/** What is not applied so long after the last event counts as applied only then. */
const PATIENCE_SECONDS = 12;
const LOOK_INTERVAL = 50;
const TICK = 100;

const Body = z.object({ images: z.array(z.object({ guid: z.string() })) });

/** One rate with one setting, over the repeats. */
const Row = z.object({
  setting: z.string(),
  eventsPerSecond: z.number(),
  /** Seconds from sending to the moment when FinerWorks has applied it. */
  p50: Spread,
  p99: Spread,
  /** Events that were not applied when the last one was sent. */
  waiting: Spread,
  /** Events a second, from the first sending until the last invocation ended. */
  appliedASecond: Spread,
  imagesACall: Spread,
});
export type Row = z.output<typeof Row>;

/** What the benchmark of latency comes to. */
export const LatencyResult = z.object({ repeats: z.int(), rows: z.array(Row) });
export type LatencyResult = z.output<typeof LatencyResult>;

/** Sends events at several rates, in turns, and looks when each is applied. */
export async function measureLatency(effort: Effort): Promise<LatencyResult> {
  const cases = Object.entries(RATES[effort]).flatMap(([rate, seconds]) =>
    SETTINGS.map((setting) => ({ setting, rate: Number(rate), seconds })),
  );
  const measured = await interleaved(cases, REPEATS[effort], async (latencyCase) => {
    process.stderr.write(`  ${latencyCase.setting.name}: ${latencyCase.rate} a second\n`);
    return await measureRate(latencyCase);
  });
  const rows = [...measured].map(([{ setting, rate }, runs]) => {
    const spread = (value: (run: (typeof runs)[number]) => number) => spreadOf(runs.map(value));
    return {
      setting: setting.name,
      eventsPerSecond: rate,
      p50: spread(({ p50 }) => p50),
      p99: spread(({ p99 }) => p99),
      waiting: spread(({ waiting }) => waiting),
      appliedASecond: spread(({ appliedASecond }) => appliedASecond),
      imagesACall: spread(({ imagesACall }) => imagesACall),
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

async function measureRate({ setting, rate, seconds }: LatencyCase) {
  const { batchSize, batchingWindowSeconds } = setting;
  await using system = await startLocalSystem({
    batchSize,
    batchingWindowSeconds,
    timeoutSeconds: 120,
    visibilityTimeoutSeconds: 725,
    maxReceiveCount: 200,
    maxConcurrency: DEFAULTS.maxConcurrency,
  });
  const { standIn } = system;
  const appliedAt = new Map<string, number>();
  const { intercept } = answerDelays(`latency ${rate}`);
  standIn.images.add(Array.from({ length: rate * seconds }, (_, n) => guidOf(n)));
  standIn.intercept = (request, response, proceed) =>
    intercept(request, response, () => {
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
  await system.stop();
  const lastLook = performance.now();
  const latencies = [...sentAt].map(
    ([guid, sent]) => ((appliedAt.get(guid) ?? lastLook) - sent) / 1_000,
  );
  const updateCalls = standIn.requests.filter(({ method }) => method === 'PUT').length;
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    waiting,
    appliedASecond: (appliedAt.size / (lastLook - start)) * 1_000,
    imagesACall: appliedAt.size / updateCalls,
  };
}

/**
 * Sends events, each on another image, at a steady rate. A tick sends what has become due since the
 * one before, so that a late tick does not slow the rate down.
 *
 * @returns when each image's event was sent, by guid, as `performance.now()` says it
 */
async function sendPaced(
  queues: LocalQueues,
  rate: number,
  seconds: number,
): Promise<Map<string, number>> {
  const sentAt = new Map<string, number>();
  const begin = performance.now();
  const count = rate * seconds;
  while (sentAt.size < count) {
    const now = performance.now();
    const due = Math.min(count, Math.floor(((now - begin) / 1_000) * rate) + 1);
    const bodies: string[] = [];
    for (let n = sentAt.size; n < due; n += 1) {
      const guid = guidOf(n);
      sentAt.set(guid, now);
      bodies.push(JSON.stringify({ guid, title: `Title ${n}`, id: `event-${n}` }));
    }
    await queues.send(bodies);
    await sleep(TICK);
  }
  return sentAt;
}
