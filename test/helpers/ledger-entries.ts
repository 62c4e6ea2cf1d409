import { hashOf } from '../../lambda/general/hash.ts';
import type { Change, Update } from '../../lambda/images/change.ts';
import { coalesce } from '../../lambda/images/coalesce.ts';
import type { Order } from '../../lambda/images/order.ts';
import { afterDelivery, type Lease, type SendStatus } from '../../lambda/ledger/after-delivery.ts';
import type { FieldEntry } from '../../lambda/ledger/item.ts';
import { underWay } from '../../lambda/ledger/transitions.ts';
import type { Rejected, Verdict } from '../../lambda/verdicts/verdict.ts';
import { VerdictRegistry } from '../../lambda/verdicts/verdict-registry.ts';
import { change } from './delivery.ts';

export const NOW = Date.parse('2026-11-23T12:00:00Z');
export const EARLIER = NOW - 3_600_000;

export const APPLIED: Verdict = { kind: 'applied' };
export const RETRY: Verdict = { kind: 'retry', reason: 'Deferred', detail: 'not tried' };
export const REJECTED: Rejected = { kind: 'rejected', reason: 'Refused', detail: 'no' };

export const NOT_SENT: SendStatus = { wasSent: false, isDoubtful: false };
export const SENT: SendStatus = { wasSent: true, isDoubtful: false };
export const DOUBTFUL: SendStatus = { wasSent: true, isDoubtful: true };

export const order = (second: number): Order => ({
  time: `2026-11-23T10:00:${String(second).padStart(2, '0')}.000000000Z`,
  sentAt: 0,
  id: `e${second}`,
});
/** What an event wants of image 1: when it happened, in seconds, and the title. */
export const wanted = (second: number, title: string | undefined, parts: Partial<Change> = {}) =>
  change(1, { order: order(second), title, messageId: `m${second}`, ...parts });

export const open = (...seconds: number[]) =>
  seconds.map((at) => ({ order: order(at), at: EARLIER }));
export const confirmed = (second: number, title: string) => ({
  order: order(second),
  hash: hashOf(title),
  at: EARLIER,
  messageId: `m${second}`,
});
export const known = (second: number, title: string): FieldEntry => ({
  settled: confirmed(second, title),
  unsettled: [],
  isKnown: true,
});

/** An image that is held, as admission leaves it. */
export function held(changes: readonly Change[], before?: FieldEntry): Lease {
  const bare = { guid: changes[0]?.guid ?? '', token: 'a', expiresAt: 1 };
  return {
    before: before && { ...bare, title: before },
    item: { ...bare, title: underWay(before, changes, 'title', NOW) },
    updates: coalesce(changes),
  };
}

/** The title after delivery. */
export function titleAfter(lease: Lease, sendStatus: SendStatus, ...verdicts: [Update, Verdict][]) {
  const registry = new VerdictRegistry();
  for (const [update, verdict] of verdicts) registry.record(update, verdict);
  return afterDelivery(lease, registry, sendStatus, NOW).title;
}

/** The same where all of the one update has one verdict. */
export function titleAfterAll(lease: Lease, sendStatus: SendStatus, verdict: Verdict) {
  return titleAfter(
    lease,
    sendStatus,
    ...lease.updates.map((one): [Update, Verdict] => [one, verdict]),
  );
}

export const seconds = (entry: FieldEntry | undefined) =>
  entry?.unsettled.map(({ order: { id } }) => Number(id.slice(1)));
