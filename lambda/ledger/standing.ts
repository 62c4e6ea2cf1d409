import type { Change, Field } from '../images/change.ts';
import { hashOf } from '../images/hash.ts';
import { compareOrder, compareTexts } from '../images/order.ts';
import type { FieldEntry, Mark } from './item.ts';

/**
 * A change that was sent and never decided comes back after 12 hours at most (AWS: SQS, visibility
 * time-out), and is then marked anew. Where it does not, its message is gone, by a death at the wrong
 * moment: nothing waits for it any more.
 */
const ABANDONED_AFTER = 13 * 3_600_000;

/** Where a change stands beside what the ledger holds of one field. */
export type Standing =
  /** Newer than all that is known: may be sent. */
  | 'open'
  /** This very change was confirmed before. */
  | 'repeated'
  /** A newer one was confirmed before. */
  | 'superseded'
  /** A newer one was sent, and it is not known what became of it. */
  | 'waiting';

/** @param now milliseconds since 1970 */
export function standingOf(
  change: Change,
  field: Field,
  entry: FieldEntry | undefined,
  now: number,
): Standing {
  if (entry === undefined) return 'open';
  if (entry.settled !== undefined) {
    const compared = compareToMark(change, field, entry.settled);
    if (compared === 0) return 'repeated';
    if (compared < 0) return 'superseded';
  }
  const isBehind = entry.unsettled.some(
    ({ order, at }) => now - at < ABANDONED_AFTER && compareOrder(change.order, order) < 0,
  );
  return isBehind ? 'waiting' : 'open';
}

/**
 * Whether FinerWorks has the value of an open change already.
 *
 * @param window how long a confirmation counts, in milliseconds
 */
export function isUnchanged(
  value: string,
  entry: FieldEntry | undefined,
  now: number,
  window: number,
): boolean {
  const { settled, isKnown } = entry ?? {};
  return isKnown === true && settled?.hash === hashOf(value) && now - settled.at < window;
}

/**
 * Whether a list of FinerWorks that shows a value for a field must not be believed: another value was
 * confirmed since, or one was sent and may have been taken. How old a list can be is not known.
 */
export function isContradicted(shown: string, entry: FieldEntry | undefined): boolean {
  if (entry === undefined) return false;
  const { settled, unsettled, isKnown } = entry;
  if (settled === undefined) return unsettled.length > 0;
  const hash = hashOf(shown);
  return !isKnown || (settled.hash !== hash && settled.storedHash !== hash);
}

/** Two values under one order are told apart as in coalescing: by hash, the greater is newer. */
function compareToMark(change: Change, field: Field, mark: Mark): number {
  return (
    compareOrder(change.order, mark.order) || compareTexts(hashOf(change[field] ?? ''), mark.hash)
  );
}
