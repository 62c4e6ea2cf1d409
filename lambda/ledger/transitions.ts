import { FIELDS, type Field } from '../contract/fields.ts';
import { hashOf } from '../general/hash.ts';
import type { Change } from '../images/change.ts';
import { compareOrder, type Order } from '../images/order.ts';
import type { FieldEntry, LedgerItem, Unsettled } from './item.ts';

/** The most undecided attempts that a field remembers: the newest ones matter. */
const MAX_UNSETTLED = 5;
/** How old a mark is when it is renewed, in milliseconds: it never counts as abandoned, for one write an hour. */
const RENEWED_AFTER = 3_600_000;
/** A field of which nothing is known. */
export const EMPTY: FieldEntry = { unsettled: [], isKnown: false };

/**
 * The field while changes are under way: all of them, because if the newest one is refused, the others
 * are sent one by one.
 */
export function underWay(
  entry: FieldEntry = EMPTY,
  changes: readonly Change[],
  field: Field,
  now: number,
): FieldEntry {
  // One event can be in a batch twice.
  const single = changes.filter(
    ({ order }, at) => changes.findIndex((other) => compareOrder(other.order, order) === 0) === at,
  );
  const others = single.map(({ order }) => order).reduce(withoutOrder, entry).unsettled;
  const unsettled = [...others, ...single.map((change) => attemptOf(change, field, entry, now))]
    .toSorted((a, b) => compareOrder(a.order, b.order))
    .slice(-MAX_UNSETTLED);
  return { ...entry, unsettled, isKnown: false };
}

function attemptOf(change: Change, field: Field, before: FieldEntry, now: number): Unsettled {
  const { order } = change;
  const hash = hashOf(change[field] ?? '');
  const known = before.unsettled.find((one) => isAttempt(one, order, hash));
  // It is sent now, so that `at` is when; all else that is known of it stays.
  const { sentAt: _, ...kept } = known ?? { order, hash };
  return { ...kept, at: now };
}

/** Whether that is an attempt to set this value by the change of this order. */
export function isAttempt(known: Unsettled, order: Order, hash: string): boolean {
  return known.hash === hash && compareOrder(known.order, order) === 0;
}

/**
 * The field after newer changes asked for the value that it has: changes older than the last of them
 * are superseded from now on.
 */
export function movedForward(entry: FieldEntry = EMPTY, changes: readonly Change[]): FieldEntry {
  const { settled } = entry;
  const newest = changes.at(-1);
  if (settled === undefined || newest === undefined) return entry;
  const { order, messageId } = newest;
  return { ...entry, settled: { ...settled, order, messageId } };
}

/** The field without the attempts of one change. */
export function withoutOrder(entry: FieldEntry, order: Order): FieldEntry {
  const unsettled = entry.unsettled.filter((known) => compareOrder(known.order, order) !== 0);
  return { ...entry, unsettled };
}

/**
 * The field after a change was given up, or refused after a call whose effect is unknown: it may have been
 * taken all the same, and a late list may show it.
 */
export function giveUp(entry: FieldEntry, order: Order): FieldEntry {
  const { unsettled, givenUp = [] } = entry;
  const gone = unsettled.filter((known) => compareOrder(known.order, order) === 0);
  if (gone.length === 0) return entry;
  // A redriven event can be given up again.
  const others = givenUp.filter(
    (known) => !gone.some(({ order, hash = '' }) => isAttempt(known, order, hash)),
  );
  return { ...withoutOrder(entry, order), givenUp: [...others, ...gone].slice(-MAX_UNSETTLED) };
}

/**
 * The item with the marks of waiting changes renewed: they came again, so their messages are alive.
 *
 * @param now milliseconds since 1970
 * @returns undefined where it has no old mark of them
 */
export function withRenewedMarks(
  item: LedgerItem,
  changes: readonly Change[],
  now: number,
): LedgerItem | undefined {
  const next = { ...item };
  let areRenewed = false;
  for (const field of FIELDS) {
    const entry = item[field];
    const unsettled = entry?.unsettled.map((known) => {
      const isOld = now - known.at >= RENEWED_AFTER;
      const isBack = changes.some(
        (change) => change[field] !== undefined && compareOrder(change.order, known.order) === 0,
      );
      if (!isOld || !isBack) return known;
      areRenewed = true;
      return { ...known, at: now, sentAt: known.sentAt ?? known.at };
    });
    if (entry !== undefined && unsettled !== undefined) next[field] = { ...entry, unsettled };
  }
  return areRenewed ? next : undefined;
}

/** The item without changes that are given up; undefined where it knows none of them. */
export function withoutChanges(
  item: LedgerItem,
  changes: readonly Change[],
): LedgerItem | undefined {
  const next = { ...item };
  for (const field of FIELDS) {
    for (const { order } of changes) {
      const entry = next[field];
      if (entry !== undefined) next[field] = giveUp(entry, order);
    }
  }
  return unsettledIn(next) < unsettledIn(item) ? next : undefined;
}

function unsettledIn(item: LedgerItem): number {
  return FIELDS.reduce((sum, field) => sum + (item[field]?.unsettled.length ?? 0), 0);
}
