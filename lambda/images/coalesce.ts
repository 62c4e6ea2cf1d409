import { FIELDS, type Field, hasValues } from '../contract/fields.ts';
import { hashOf } from '../general/hash.ts';
import { type Change, loneUpdate, type Update } from './change.ts';
import { compareOrder, compareTexts } from './order.ts';

/**
 * Makes one update of an image out of its changes: the newest value of each field, in whatever order
 * they arrived.
 *
 * A change is only ever sent under the account that it names. Where the newest title and the
 * newest description of an image come from different accounts, the image gets two updates, which
 * share no field and so cannot overwrite each other.
 *
 * @returns the updates, in the order in which their images first occur; each change is part of at
 *   least one of them
 */
export function coalesce(changes: readonly Change[]): Update[] {
  const updates: Update[] = [];
  for (const [guid, ofImage] of Map.groupBy(changes, ({ guid }) => guid)) {
    updates.push(...coalesceImage(guid, ofImage));
  }
  return updates;
}

function coalesceImage(guid: string, changes: readonly Change[]): Update[] {
  const [only] = changes;
  // Most images have one change in a batch.
  if (only !== undefined && changes.length === 1 && hasValues(only)) return [loneUpdate(only)];
  const oldestFirst = changes.toSorted((a, b) => compareOrder(a.order, b.order));
  const newest = FIELDS.flatMap((field) => newestOf(field, oldestFirst));
  const byAccount = Map.groupBy(newest, ({ change }) => change.account);
  return [...byAccount].map(([account, winners]) => {
    const fields = winners.map(({ field }) => field);
    return {
      guid,
      account,
      ...Object.fromEntries(winners.map(({ field, value }) => [field, value])),
      changes: oldestFirst.filter((change) => fields.some((field) => change[field] !== undefined)),
    };
  });
}

interface Winner {
  readonly field: Field;
  readonly change: Change;
  readonly value: string;
}

/** The change with the newest value of a field; none where no change supplies the field. */
function newestOf(field: Field, changes: readonly Change[]): Winner[] {
  const winners = changes.flatMap((change) => {
    const value = change[field];
    return value === undefined ? [] : [{ field, change, value }];
  });
  // Two values of one order come from a producer that uses an id twice: the greater hash wins, as in
  // the ledger, so that every sandbox and every retry decides the same.
  const newest = winners.toSorted(
    (a, b) =>
      compareOrder(b.change.order, a.change.order) ||
      compareTexts(hashOf(b.value), hashOf(a.value)) ||
      compareTexts(b.change.account ?? '', a.change.account ?? ''),
  )[0];
  return newest === undefined ? [] : [newest];
}
