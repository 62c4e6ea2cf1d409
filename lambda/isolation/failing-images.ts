import type { ImageTroubles } from '../evidence/image-troubles.ts';
import { excerptOf } from '../general/excerpt.ts';
import type { Update } from '../images/change.ts';
import type { Lanes } from '../lanes/lanes.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { Unresolved, UpdateSet } from './finding.ts';

/** The wait after a first failure alone and the longest, in milliseconds: as that of records. */
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 900_000;
/** The item of the ledger has little room. */
const DETAIL_LENGTH = 200;

const NOT_SEARCHED: Retried = {
  kind: 'retry',
  reason: 'NoTimeLeft',
  detail: 'in a call that failed, with no time left to find out which of its images it was',
};

/** An update whose call failed, alone or among others. */
interface Failure {
  readonly update: Update;
  readonly isAlone: boolean;
  readonly at: number;
  readonly verdict: Retried;
}

/**
 * Images that make calls fail while others of their account go through. Once known they go alone, after
 * everything else and with a backoff of their own, so that no other image waits for them.
 */
export class FailingImages {
  readonly #troubles: ImageTroubles;
  readonly #registry: VerdictRegistry;
  readonly #lanes: Lanes;
  readonly #failures = new Map<string, Failure>();

  constructor(troubles: ImageTroubles, registry: VerdictRegistry, lanes: Lanes) {
    this.#troubles = troubles;
    this.#registry = registry;
    this.#lanes = lanes;
  }

  /**
   * A call failed.
   *
   * @param since from when on a success of the account speaks against the images; else the failure itself
   */
  note({ set, at, ...failed }: Extract<Unresolved, { kind: 'failed' }>, since = at): void {
    const isAlone = set.updates.length === 1;
    for (const update of set.updates) {
      // What went through since its first failure of the invocation speaks against it.
      const at = Math.min(since, this.#failures.get(update.guid)?.at ?? since);
      this.#failures.set(update.guid, { update, isAlone, at, verdict: failed.verdict });
    }
  }

  /** A later call with these images was answered: whatever becomes of them now, it is not for failing. */
  answered({ updates }: UpdateSet): void {
    for (const { guid } of updates) this.#failures.delete(guid);
  }

  /** Remembers the images that failed while others of their account went through. */
  conclude(now: number): void {
    for (const [guid, { update, isAlone, at, verdict }] of this.#failures) {
      const isStillFailing = this.#registry.ofUpdate(update)?.kind === 'retry';
      const { health } = this.#lanes.of(update.account);
      if (!isStillFailing || health.lastSuccessAt <= at) continue;
      const known = this.#troubles.of(guid);
      const { reason } = verdict;
      const detail = excerptOf(verdict.detail, DETAIL_LENGTH);
      const failures = (known?.failing?.failures ?? 0) + Number(isAlone);
      this.#troubles.set(guid, { ...known, failing: { reason, detail, failures, at: now } });
      // Most images of a call that failed are good: for these it was no failure.
      if (failures === 0) this.#registry.record(update, NOT_SEARCHED);
    }
    this.#failures.clear();
  }

  isFailing(guid: string): boolean {
    return this.#troubles.of(guid)?.failing !== undefined;
  }

  /** What comes back without another call says why the last one failed. */
  lastVerdict(guid: string): Retried | undefined {
    const failing = this.#troubles.of(guid)?.failing;
    if (failing?.failures === 0) return NOT_SEARCHED;
    return failing && { kind: 'retry', reason: failing.reason, detail: failing.detail };
  }

  /** Those first of which least is known, then those that wait for longest. */
  readonly compare = (a: string, b: string): number => {
    const [failingA, failingB] = [this.#troubles.of(a)?.failing, this.#troubles.of(b)?.failing];
    const byFailures = Math.sign(failingA?.failures ?? 0) - Math.sign(failingB?.failures ?? 0);
    return byFailures || (failingA?.at ?? 0) - (failingB?.at ?? 0);
  };

  /** Whether it is not known to fail alone: most that failed among others do not. */
  isOnlySuspected(guid: string): boolean {
    return this.#troubles.of(guid)?.failing?.failures === 0;
  }

  /** When its last call alone failed; undefined where another one is not due yet. */
  dueSince(guid: string, now: number): number | undefined {
    const failing = this.#troubles.of(guid)?.failing;
    if (failing === undefined) return undefined;
    const { failures, at } = failing;
    const wait = failures === 0 ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
    return now >= at + wait ? at : undefined;
  }
}
