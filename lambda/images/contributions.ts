import { FIELDS, type Field, type Update } from './change.ts';

/** Takes a coalesced update apart into what its changes want by themselves, oldest first. */
export function contributionsOf(update: Update): Update[] {
  // A change's other fields are another update's affair: a newer value of them may be sent.
  const fields = FIELDS.filter((field) => update[field] !== undefined);
  return update.changes.map((change) => ({
    guid: update.guid,
    account: change.account,
    ...Object.fromEntries(fields.map((field) => [field, change[field]])),
    changes: [change],
  }));
}

/** Whether two updates of one image ask FinerWorks for the same. */
export function setsTheSame(a: Update, b: Update): boolean {
  return a.account === b.account && FIELDS.every((field) => a[field] === b[field]);
}

/** What an image has of a sequence of updates that went through: nothing is sent twice. */
export class AppliedValues {
  readonly #setBy = new Map<Field, Update>();

  /** Whether the image has all that the update asks for, set under the same account. */
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
