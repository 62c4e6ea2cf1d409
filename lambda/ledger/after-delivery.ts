import { type Field, fieldsOf } from '../contract/fields.ts';
import { excerptOf } from '../general/excerpt.ts';
import { hashOf } from '../general/hash.ts';
import type { Change, Update } from '../images/change.ts';
import { compareOrder } from '../images/order.ts';
import { isSettled, type Rejected } from '../verdicts/verdict.ts';
import type { Decision, VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { FieldEntry, LedgerItem, Unsettled } from './item.ts';
import { isAbandoned } from './standing.ts';
import { EMPTY, isAttempt, withoutOrder } from './transitions.ts';

/** In characters. The rejection is for people; the dead letter has all of it. */
const REJECTION_LENGTH = 300;

/** The lease that an invocation holds of an image. */
export interface Lease {
  /** The item as it was before; undefined where there was none. */
  readonly before: LedgerItem | undefined;
  /** The item as it was last written. */
  readonly item: LedgerItem;
  /** What was admitted of the image. */
  readonly updates: readonly Update[];
}

/** How far an image got in the calls of an invocation. */
export interface SendStatus {
  /** Whether a call with it may have taken effect. */
  readonly wasSent: boolean;
  /** Whether the effect of any of these is unknown. */
  readonly isDoubtful: boolean;
}

/**
 * The item after delivery: confirmed values are settled, and what was refused or never sent leaves the
 * fields as they were.
 *
 * @param now milliseconds since 1970
 */
export function afterDelivery(
  lease: Lease,
  registry: VerdictRegistry,
  sendStatus: SendStatus,
  now: number,
): LedgerItem {
  const item = { ...lease.item };
  for (const update of lease.updates) {
    for (const field of fieldsOf(update)) {
      item[field] = fieldAfterDelivery({ lease, update, field, registry, sendStatus, now });
    }
  }
  const rejection = rejectionOf(lease.updates, registry, now);
  return rejection === undefined ? item : { ...item, rejection };
}

interface FieldDelivery {
  readonly lease: Lease;
  readonly update: Update;
  readonly field: Field;
  readonly registry: VerdictRegistry;
  readonly sendStatus: SendStatus;
  readonly now: number;
}

function fieldAfterDelivery(delivery: FieldDelivery): FieldEntry {
  const { update, field, registry, sendStatus, now } = delivery;
  const { before, item } = delivery.lease;
  const decided = update.changes.flatMap((change) =>
    change[field] === undefined ? [] : decisionsOf(registry, change, field),
  );
  const original = before?.[field] ?? EMPTY;
  const current = item[field] ?? EMPTY;
  const confirmed = decided.findLast(({ verdict }) => isSettled(verdict));
  // A rejected change is never sent again, so nothing older has to wait for it.
  const rest = decided
    .filter(({ verdict }) => verdict.kind === 'rejected')
    .map(({ change }) => change.order)
    .reduce(withoutOrder, sendStatus.wasSent ? current : onlyKnownTo(original, current));
  if (confirmed === undefined) {
    // A refusal says nothing about an earlier call without an answer.
    const isAsBefore = original.isKnown && !sendStatus.isDoubtful;
    const unsettled = rest.unsettled.map((known) => asSeen(known, field, decided));
    return { ...rest, unsettled, isKnown: isAsBefore && rest.unsettled.length === 0 };
  }
  const { order, messageId } = confirmed.change;
  const { update: confirmedUpdate, verdict } = confirmed;
  const stored = verdict.kind === 'applied' ? verdict.stored?.[field] : undefined;
  // An abandoned change is not under way any more, so the confirmed value counts as known.
  const unsettled = rest.unsettled.filter(
    (known) => compareOrder(known.order, order) > 0 && !isAbandoned(known, now),
  );
  const { givenUp: _, ...lasting } = rest;
  return {
    ...lasting,
    settled: {
      order,
      hash: hashOf(confirmedUpdate[field] ?? ''),
      ...(stored !== undefined && { storedHash: hashOf(stored) }),
      at: now,
      messageId,
    },
    unsettled,
    isKnown: unsettled.length === 0,
  };
}

/** An attempt, marked where a list after it showed what nobody sent. */
function asSeen(known: Unsettled, field: Field, decided: readonly ChangeDecision[]): Unsettled {
  const isStrange = decided.some(
    ({ change, update, verdict }) =>
      verdict.kind === 'retry' &&
      verdict.strange?.includes(field) === true &&
      isAttempt(known, change.order, hashOf(update[field] ?? '')),
  );
  return isStrange ? { ...known, wasStrange: true } : known;
}

/** What was known before; marks of changes that came again are renewed: their messages are alive. */
function onlyKnownTo(original: FieldEntry, current: FieldEntry): FieldEntry {
  // Not from what is there now: newer changes that were never sent may have displaced it.
  const unsettled = original.unsettled.map((known) => {
    const again = current.unsettled.find(({ order }) => compareOrder(order, known.order) === 0);
    // A mark that is renewed must not look as if the change was sent again.
    return again === undefined ? known : { ...again, sentAt: known.sentAt ?? known.at };
  });
  return { ...original, unsettled };
}

interface ChangeDecision extends Decision {
  readonly change: Change;
}

/** The decisions on one field of a change. */
function decisionsOf(registry: VerdictRegistry, change: Change, field: Field): ChangeDecision[] {
  return registry
    .decisionsOf(change)
    .filter(({ update }) => update[field] !== undefined)
    .map((decision) => ({ ...decision, change }));
}

function rejectionOf(updates: readonly Update[], registry: VerdictRegistry, now: number) {
  for (const change of updates.flatMap(({ changes }) => changes)) {
    const rejected = registry.of(change).find((verdict): verdict is Rejected => {
      return verdict.kind === 'rejected';
    });
    if (rejected === undefined) continue;
    const { reason, detail } = rejected;
    return {
      reason,
      detail: excerptOf(detail, REJECTION_LENGTH),
      at: now,
      messageId: change.messageId,
    };
  }
  return undefined;
}
