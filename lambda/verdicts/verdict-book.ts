import type { Change, Update } from '../images/change.ts';
import type { Verdict } from './verdict.ts';

/**
 * What became of each change. Keyed by the change itself and never by position, so that no
 * verdict can reach the wrong record. A change has one verdict for each update it is part of.
 */
export class VerdictBook {
  readonly #verdicts = new Map<Change, Map<Update, Verdict>>();

  /** Books the verdict of a whole update; a later one of the same update replaces it. */
  book(update: Update, verdict: Verdict): void {
    for (const change of update.changes) this.bookChange(update, change, verdict);
  }

  /** Books the verdict of one change, as part of one update. */
  bookChange(update: Update, change: Change, verdict: Verdict): void {
    const ofChange = this.#verdicts.get(change) ?? new Map<Update, Verdict>();
    this.#verdicts.set(change, ofChange.set(update, verdict));
  }

  /** The verdict of a whole update; undefined where it is still open. */
  ofUpdate(update: Update): Verdict | undefined {
    const [change] = update.changes;
    return change && this.#verdicts.get(change)?.get(update);
  }

  /** Every verdict of a change; none where nobody decided anything. */
  of(change: Change): Verdict[] {
    return [...(this.#verdicts.get(change)?.values() ?? [])];
  }
}
