// @ts-nocheck
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalQueues } from '../../local/aws/queues.ts';
import { guidOf } from '../records.ts';

const TICK = 100;

/** When each image's event was sent, by guid, as `performance.now()` says it. */
export type SentAt = Map<string, number>;

/**
 * Sends events, each on another image, at a steady rate. A tick sends what has become due since the
 * one before, so that a late tick does not slow the rate down.
 *
 * @param rate events a second
 */
export async function sendPaced(
  queues: LocalQueues,
  rate: number,
  seconds: number,
): Promise<SentAt> {
  const sentAt: SentAt = new Map();
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
