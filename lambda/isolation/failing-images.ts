import type { ImageTroubles } from '../evidence/image-troubles.ts';
import { excerptOf } from '../general/excerpt.ts';
import type { Update } from '../images/change.ts';
import type { Lanes } from '../lanes/lanes.ts';
import type { ImageTrouble } from '../ledger/item.ts';
import { RETRIES } from '../verdicts/reasons.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { Unresolved, UpdateSet } from './finding.ts';

/** The wait after a first failure alone, and the longest, in milliseconds: the same as for records. */
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
 * Images that make calls fail while others of their account go through. Once known they are sent alone,
 * after everything else and with their own backoff, so that no other image waits for them.
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
   * @param since a success of the account after it shows that the images are the cause
   */
  note({ set, at, ...failed }: Extract<Unresolved, { kind: 'failed' }>, since = at): void {
    // Too many calls were made, whatever the images in them.
    if (failed.verdict.reason === 'Throttled') return;
    const isAlone = set.updates.length === 1;
    for (const update of set.updates) {
      // From its first failure of the invocation on.
      const at = Math.min(since, this.#failures.get(update.guid)?.at ?? since);
      this.#failures.set(update.guid, { update, isAlone, at, verdict: failed.verdict });
    }
  }

  /** A later call with these images was answered: they do not make calls fail. */
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
      // Most images of a failed call are good: for these it does not count as a failure.
      if (failures === 0) this.#registry.record(update, NOT_SEARCHED);
    }
    this.#failures.clear();
  }

  isFailing(guid: string): boolean {
    return this.#troubles.of(guid)?.failing !== undefined;
  }

  /** Why its last call failed, for records that come back without another call. */
  lastVerdict(guid: string): Retried | undefined {
    const failing = this.#troubles.of(guid)?.failing;
    if (failing?.failures === 0) return NOT_SEARCHED;
    return failing && verdictOf(failing);
  }

  /** First the images that never failed alone, then those that wait for longest. */
  readonly compare = (a: string, b: string): number => {
    const [failingA, failingB] = [this.#troubles.of(a)?.failing, this.#troubles.of(b)?.failing];
    const byFailures = Math.sign(failingA?.failures ?? 0) - Math.sign(failingB?.failures ?? 0);
    return byFailures || (failingA?.at ?? 0) - (failingB?.at ?? 0);
  };

  /** Whether it has failed only among others: most such images are good. */
  isOnlySuspected(guid: string): boolean {
    return this.#troubles.of(guid)?.failing?.failures === 0;
  }

  /** When its last call alone failed; undefined until the next one is due. */
  dueSince(guid: string, now: number): number | undefined {
    const failing = this.#troubles.of(guid)?.failing;
    if (failing === undefined) return undefined;
    const { failures, at } = failing;
    const wait = failures === 0 ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
    return now >= at + wait ? at : undefined;
  }
}

/** The item may have a reason that only a later version of the function knows. */
function verdictOf({ reason, detail }: NonNullable<ImageTrouble['failing']>): Retried {
  const known = RETRIES.find((name) => name === reason);
  if (known === undefined)
    return { kind: 'retry', reason: 'Unexpected', detail: `${reason}: ${detail}` };
  return { kind: 'retry', reason: known, detail };
}
