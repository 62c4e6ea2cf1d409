import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from 'simple-statistics';
import * as z from 'zod';
import { readSettings } from '../../infra/settings.ts';
import { jsonOrUndefined } from '../../lambda/json-or-undefined.ts';
import { startLocalSystem } from '../../local/system.ts';
import type { Effort } from '../benchmark.ts';
import { guidOf } from '../records.ts';
import { noTraffic, weather } from '../weather.ts';
import type { LatencyResult, Row } from './result.ts';
import { sendPaced } from './send-paced.ts';

const { batchSize, batchingWindowSeconds, maxConcurrency } = readSettings({
  secretName: 'finerworks/keys',
});

const SETTINGS = [
  { name: `window of ${batchingWindowSeconds} s`, batchSize, batchingWindowSeconds },
  // The most that Lambda takes into a batch without a window.
  { name: 'no window, batches of 10', batchSize: 10, batchingWindowSeconds: 0 },
] as const;

/** Seconds of sending at each rate: long enough for a hundred events, where time allows. */
const RATES = {
  full: { 1: 120, 10: 40, 100: 30, 1000: 20 },
  quick: { 10: 8, 100: 5 },
} as const satisfies Record<Effort, Record<number, number>>;

/** What is not applied so long after the last event counts as applied only then. */
const PATIENCE_SECONDS = 60;
const LOOK_INTERVAL = 50;

const Body = z.object({ images: z.array(z.object({ guid: z.string() })) });

/** Sends events at several rates, and looks when each is applied. */
export async function measureLatency(effort: Effort): Promise<LatencyResult> {
  const rows: Row[] = [];
  for (const [rate, seconds] of Object.entries(RATES[effort])) {
    for (const setting of SETTINGS) {
      const row = await measureRate(setting, Number(rate), seconds);
      process.stderr.write(
        `  ${setting.name}: ${rate} a second: p50 ${row.p50.toFixed(2)} s, p99 ${row.p99.toFixed(2)} s\n`,
      );
      rows.push(row);
    }
  }
  return { rows };
}

async function measureRate(
  { name, ...gathering }: (typeof SETTINGS)[number],
  rate: number,
  seconds: number,
): Promise<Row> {
  await using system = await startLocalSystem({
    ...gathering,
    timeoutSeconds: 120,
    visibilityTimeoutSeconds: 725,
    maxReceiveCount: 200,
    maxConcurrency,
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
  const sentAt = await sendPaced(system.queues, rate, seconds);
  const waiting = sentAt.size - appliedAt.size;
  const end = performance.now() + PATIENCE_SECONDS * 1_000;
  while (appliedAt.size < sentAt.size && performance.now() < end) await sleep(LOOK_INTERVAL);
  const latencies = [...sentAt].map(
    ([guid, sent]) => ((appliedAt.get(guid) ?? performance.now()) - sent) / 1_000,
  );
  const updateCalls = standIn.requests.filter(({ method }) => method === 'PUT').length;
  return {
    setting: name,
    eventsPerSecond: rate,
    events: sentAt.size,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    updateCalls,
    listCalls: standIn.requests.length - updateCalls,
    invocations: tally.invocations,
    invocationSeconds: tally.invocationSeconds,
    waiting,
  };
}
