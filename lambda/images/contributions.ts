import { type Change, FIELDS, type Update } from './change.ts';

/**
 * Takes a coalesced update apart into what its changes want by themselves, oldest first.
 * Neighbours that want the same stay together: most often they are one event delivered twice.
 */
export function contributionsOf(update: Update): Update[] {
  const contributions: (Update & { changes: Change[] })[] = [];
  for (const change of update.changes) {
    const contribution = { ...onlyFieldsOf(update, change), changes: [change] };
    const before = contributions.at(-1);
    if (before !== undefined && setsTheSame(before, contribution)) before.changes.push(change);
    else contributions.push(contribution);
  }
  return contributions;
}

/** Whether two updates of one image ask FinerWorks for the same. */
export function setsTheSame(a: Omit<Update, 'changes'>, b: Omit<Update, 'changes'>): boolean {
  return a.account === b.account && FIELDS.every((field) => a[field] === b[field]);
}

/** A change's other fields are another update's affair: a newer value of them may be sent. */
function onlyFieldsOf(update: Update, change: Change) {
  const fields = FIELDS.filter((field) => update[field] !== undefined);
  return {
    guid: update.guid,
    account: change.account,
    ...Object.fromEntries(fields.map((field) => [field, change[field]])),
  };
}
