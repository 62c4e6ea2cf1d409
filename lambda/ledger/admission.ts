import { type Field, fieldsOf } from '../contract/fields.ts';
import { isForced, type Update, updateOf } from '../images/change.ts';
import type { LedgerItem } from './item.ts';
import { isUnchanged } from './standing.ts';
import { movedForward, underWay } from './transitions.ts';

/** What to write and to send of an image's updates. */
export interface Admission {
  /** The fields of the item, as they are to be written. */
  readonly entries: Pick<LedgerItem, Field>;
  /** What FinerWorks has already, and is not sent. */
  readonly unchanged: readonly Update[];
  /** What is to be sent. */
  readonly admitted: readonly Update[];
}

/**
 * Decides what of an image is sent: each field whose newest value is not known to be there, or that a
 * change forces. A value that is there is not sent, but moves the order forward, so that an older
 * change that comes later is still older.
 *
 * @param now milliseconds since 1970
 * @param window how long a confirmation counts, in milliseconds
 */
export function admissionOf(
  item: LedgerItem | undefined,
  updates: readonly Update[],
  now: number,
  window: number,
): Admission {
  const entries: Pick<LedgerItem, Field> = {};
  const unchanged: Update[] = [];
  const admitted: Update[] = [];
  for (const update of updates) {
    const fields = fieldsOf(update);
    const kept = fields.filter(
      (field) =>
        isUnchanged(update[field] ?? '', item?.[field], now, window) && !isForced(update, field),
    );
    const sent = fields.filter((field) => !kept.includes(field));
    for (const field of fields) {
      const changes = update.changes.filter((change) => change[field] !== undefined);
      const entry = item?.[field];
      entries[field] = kept.includes(field)
        ? movedForward(entry, changes)
        : underWay(entry, changes, field, now);
    }
    if (kept.length > 0) unchanged.push(updateOf(update, kept));
    if (sent.length > 0) admitted.push(updateOf(update, sent));
  }
  return { entries, unchanged, admitted };
}
