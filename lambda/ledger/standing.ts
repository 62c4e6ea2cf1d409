import type { Field } from '../contract/fields.ts';
import { hashOf } from '../general/hash.ts';
import type { Change } from '../images/change.ts';
import { compareOrder, compareTexts } from '../images/order.ts';
import type { ConfirmedValue, FieldEntry, Unsettled } from './item.ts';

/**
 * A change that was sent and never decided comes back after 12 hours at most (AWS: SQS, visibility
 * timeout), and its mark is then renewed. If it does not come back, its message is gone, because a
 * process died at the wrong moment: nothing waits for it any more.
 */
const ABANDONED_AFTER = 13 * 3_600_000;

/**
 * The longest that a list may show what was there before an update. Nothing is documented; after an
 * upload FinerWorks' own client waits for up to 60 s (docs/finerworks-api.md).
 */
export const LIST_LAG = 600_000;

/** How a change compares with what the ledger holds of one field. */
export type Standing =
  /** Newer than all that is known: it may be sent. */
  | 'open'
  /** The same change was confirmed before. */
  | 'repeated'
  /** A newer one was confirmed before. */
  | 'superseded'
  /** A newer one was sent, and its effect is unknown. */
  | 'waiting';

/** Whether nothing waits any more for a change that was sent and never decided. @param now milliseconds since 1970 */
export function isAbandoned({ at }: Unsettled, now: number): boolean {
  return now - at >= ABANDONED_AFTER;
}

/** @param now milliseconds since 1970 */
export function standingOf(
  change: Change,
  field: Field,
  entry: FieldEntry | undefined,
  now: number,
): Standing {
  if (entry === undefined) return 'open';
  if (entry.settled !== undefined) {
    const compared = compareToConfirmed(change, field, entry.settled);
    if (compared === 0) return 'repeated';
    if (compared < 0) return 'superseded';
  }
  const isBehind = entry.unsettled.some(
    (attempt) => !isAbandoned(attempt, now) && compareOrder(change.order, attempt.order) < 0,
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
  const { settled, isKnown } = entry;
  if (settled === undefined) return attemptsOf(entry).length > 0;
  return !isKnown || !isConfirmedText(shown, settled);
}

/** Whether a shown text is what was confirmed, as it was sent or as FinerWorks stores it. */
function isConfirmedText(shown: string, { hash, storedHash }: ConfirmedValue): boolean {
  const shownHash = hashOf(shown);
  return shownHash === hash || shownHash === storedHash;
}

/** The changes that may have been sent, and of which nobody knows whether they were taken. */
function attemptsOf(entry: FieldEntry | undefined): readonly Unsettled[] {
  const { unsettled = [], givenUp = [] } = entry ?? {};
  return [...unsettled, ...givenUp];
}

/** Whether a text is one that was confirmed, or sent and never decided. */
export function isFormerText(shown: string, entry: FieldEntry | undefined): boolean {
  const { settled } = entry ?? {};
  if (settled !== undefined && isConfirmedText(shown, settled)) return true;
  return attemptsOf(entry).some(({ hash }) => hash === hashOf(shown));
}

/** What is known of a field, without the attempts to send this text. */
export function withoutAttempts(entry: FieldEntry | undefined, text: string) {
  const unsettled = attemptsOf(entry).filter(({ hash }) => hash !== hashOf(text));
  return entry && { ...entry, unsettled, givenUp: [] };
}

/**
 * Until when a list of FinerWorks that shows another value than the confirmed one may only be late.
 * After that, somebody else has set the value, for example by hand.
 *
 * @returns milliseconds since 1970; undefined where nothing was sent that the list does not show
 */
export function lateUntil(shown: string, entry: FieldEntry | undefined): number | undefined {
  if (entry === undefined || !isContradicted(shown, entry)) return undefined;
  const { settled } = entry;
  const isOther = settled !== undefined && !isConfirmedText(shown, settled);
  const sent = attemptsOf(entry).map(({ at, sentAt = at }) => sentAt);
  const times = [...sent, ...(isOther ? [settled.at] : [])];
  return times.length === 0 ? undefined : Math.max(...times) + LIST_LAG;
}

/** Of two values with one order, the one with the greater hash is newer, as in coalescing. */
function compareToConfirmed(change: Change, field: Field, confirmed: ConfirmedValue): number {
  return (
    compareOrder(change.order, confirmed.order) ||
    compareTexts(hashOf(change[field] ?? ''), confirmed.hash)
  );
}
