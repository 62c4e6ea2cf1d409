import { FIELDS, type Field, fieldsOf } from '../contract/fields.ts';
import { type Change, loneUpdate, partOf, type Update } from './change.ts';
import { compareOrder } from './order.ts';

/**
 * Splits a coalesced update into one update for each of its changes, oldest first. An event that was
 * delivered twice counts once.
 */
export function contributionsOf(update: Update): Update[] {
  // A change's other fields belong to another update: a newer value of them may be sent.
  const fields = fieldsOf(update);
  const contributions: Update[] = [];
  for (const change of update.changes) {
    const part = partOf(change, fields);
    if (part === undefined) continue;
    const lone = loneUpdate(part);
    const last = contributions.at(-1);
    const isRepeated = last !== undefined && isSameEvent(last, change) && setsTheSame(last, lone);
    if (isRepeated) contributions.splice(-1, 1, { ...last, changes: [...last.changes, part] });
    else contributions.push(lone);
  }
  return contributions;
}

function isSameEvent({ changes }: Update, { order }: Change): boolean {
  return changes.every((change) => compareOrder(change.order, order) === 0);
}

/** Whether two updates of one image set the same values under the same account. */
export function setsTheSame(a: Update, b: Update): boolean {
  return a.account === b.account && FIELDS.every((field) => a[field] === b[field]);
}

/** The values of an image after a sequence of updates that went through: nothing is sent twice. */
export class AppliedValues {
  readonly #setBy = new Map<Field, Update>();

  /** Whether the image has all values of the update, set under the same account. */
  includes(update: Update): boolean {
    return FIELDS.every((field) => {
      const setBy = this.#setBy.get(field);
      const isSame = setBy?.[field] === update[field] && setBy?.account === update.account;
      return update[field] === undefined || isSame;
    });
  }

  /** FinerWorks confirmed the update. */
  add(update: Update): void {
    for (const field of FIELDS) if (update[field] !== undefined) this.#setBy.set(field, update);
  }
}
