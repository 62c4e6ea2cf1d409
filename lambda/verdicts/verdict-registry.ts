import type { Change, Update } from '../images/change.ts';
import type { Verdict } from './verdict.ts';

/** A change comes back if any part of it must, and is only superseded if all of it is. */
const WORST_FIRST = ['retry', 'rejected', 'applied', 'unchanged', 'superseded'] as const;

/** An update and its verdict. */
export interface Decision {
  readonly update: Update;
  readonly verdict: Verdict;
}

/**
 * The verdicts of each change. Keyed by the change itself and never by position, so that no verdict can
 * reach the wrong record. A change has one verdict for each update that it is part of.
 */
export class VerdictRegistry {
  /** Lists, because a change is part of very few updates, mostly of one. */
  readonly #decisions = new Map<Change, Decision[]>();

  /** Records the verdict of a whole update; a later one of the same update replaces it. */
  record(update: Update, verdict: Verdict): void {
    for (const change of update.changes) this.recordChange(update, change, verdict);
  }

  /** Records the verdict of one change, as part of one update. */
  recordChange(update: Update, change: Change, verdict: Verdict): void {
    const decisions = this.#decisions.get(change.whole ?? change);
    if (decisions === undefined) {
      this.#decisions.set(change.whole ?? change, [{ update, verdict }]);
      return;
    }
    const at = decisions.findIndex((decision) => decision.update === update);
    decisions.splice(at === -1 ? decisions.length : at, 1, { update, verdict });
  }

  /** Removes the verdict of an update that other updates replace. */
  retract(update: Update): void {
    for (const change of update.changes) {
      const key = change.whole ?? change;
      const rest = this.decisionsOf(key).filter((decision) => decision.update !== update);
      this.#decisions.set(key, rest);
    }
  }

  /** The verdict of a whole update; undefined where it is still open. */
  ofUpdate(update: Update): Verdict | undefined {
    const [change] = update.changes;
    return (
      change && this.decisionsOf(change).find((decision) => decision.update === update)?.verdict
    );
  }

  /** Every verdict of a change. */
  of(change: Change): Verdict[] {
    return this.decisionsOf(change).map(({ verdict }) => verdict);
  }

  /** What a change came to in the end: the worst of its verdicts; undefined where there is none. */
  kindOf(change: Change): Verdict['kind'] | undefined {
    const kinds = new Set(this.of(change).map(({ kind }) => kind));
    return WORST_FIRST.find((kind) => kinds.has(kind));
  }

  /** Every update that a change is part of, with its verdict. */
  decisionsOf(change: Change): readonly Decision[] {
    return this.#decisions.get(change.whole ?? change) ?? [];
  }
}
