import { type AllValues, FIELDS, type Field, fieldsOf, type Values } from '../contract/fields.ts';
import type { Order } from './order.ts';

/** What one record wants of one image. */
export interface Change extends Values {
  readonly guid: string;
  /** `null` is the account that the keys belong to. */
  readonly account: string | null;
  readonly order: Order;
  /** The message that wants it, by the id of its first sending. */
  readonly messageId: string;
  /** Send it even though the ledger holds the same value: somebody may have edited by hand. */
  readonly force: boolean;
  /** The image's virtual inventory products may be lost for it. */
  readonly removeVirtualInventory: boolean;
  /** The whole change, where this is what is left of it: verdicts belong to the whole. */
  readonly whole?: Change;
}

/** What is to be sent for one image: the newest values, and every change that they stand for. */
export interface Update extends Values {
  readonly guid: string;
  readonly account: string | null;
  /** Oldest first. Success of the update is success of each of them. */
  readonly changes: readonly Change[];
  /**
   * Fields that no change asks for, as FinerWorks has them: sent along so that they stay
   * (inventory/completion.ts). Verdicts, the ledger and coalescing know nothing of them.
   */
  readonly standing?: Values;
}

/** The part of a change that concerns some of its fields; undefined where it concerns none. */
export function partOf(change: Change, fields: readonly Field[]): Change | undefined {
  const kept = fieldsOf(change).filter((field) => fields.includes(field));
  if (kept.length === 0) return undefined;
  if (kept.length === fieldsOf(change).length) return change;
  return { ...change, ...valuesOf(change, kept), whole: change.whole ?? change };
}

/** The part of an update that concerns some of its fields, of which it has at least one. */
export function updateOf(update: Update, fields: readonly Field[]): Update {
  const changes = update.changes.flatMap((change) => partOf(change, fields) ?? []);
  return { ...update, ...valuesOf(update, fields), changes };
}

/** Each change of an update, without the fields that are another update's affair. */
export function partsOf(update: Update): Change[] {
  return update.changes.flatMap((change) => partOf(change, fieldsOf(update)) ?? []);
}

/** Whether a change wants a field of an update sent, even if FinerWorks has the value already. */
export function isForced({ changes }: Update, field: Field): boolean {
  return changes.some((change) => change.force && change[field] !== undefined);
}

/** What one change wants of its image by itself. */
export function loneUpdate(change: Change): Update & AllValues {
  const { guid, account, title, description } = change;
  return { guid, account, title, description, changes: [change] };
}

/** Some of the values; every other field is undefined, whatever it was. */
function valuesOf(values: Values, fields: readonly Field[]): Values {
  return Object.fromEntries(
    FIELDS.map((field) => [field, fields.includes(field) ? values[field] : undefined]),
  );
}
