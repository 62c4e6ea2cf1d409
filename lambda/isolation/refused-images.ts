import { FIELDS } from '../contract/fields.ts';
import type { ImageTroubles } from '../evidence/image-troubles.ts';
import { hashOf } from '../general/hash.ts';
import type { Update } from '../images/change.ts';
import { MAX_REFUSED } from '../lanes/account-health.ts';
import type { Lane } from '../lanes/lanes.ts';
import type { Rejected, Retried } from '../verdicts/verdict.ts';

/** All images of one message may be bad; refusals in two messages point at a common cause. */
const SYSTEMIC_REFUSAL_MESSAGES = 2;

/** For images that were not searched or not tried any more. */
export const SYSTEMIC_REFUSAL: Retried = {
  kind: 'retry',
  reason: 'SystemicRefusal',
  detail:
    'many images of the account were refused, of several messages, and none taken: is the address right, the account, and the contract?',
};

/** An update of one image that was refused alone. */
export interface Refusal {
  readonly update: Update;
  readonly lane: Lane;
  readonly rejected: Rejected;
  /** When these values were first refused alone, perhaps in another invocation; milliseconds since 1970. */
  readonly since: number;
  /** When they were refused last. */
  readonly at: number;
  /** What {@link isProven} said at `at`: a later success of the account hides it, and must not undo it. */
  readonly wasProven: boolean;
}

/** Refused, then something of the account went through, then refused again: the image is to blame. */
export function isProven({ lane, since, at, wasProven }: Refusal): boolean {
  const { lastSuccessAt } = lane.health;
  return wasProven || (since < lastSuccessAt && lastSuccessAt <= at);
}

/**
 * The updates that were refused alone, with no other image in the call. One such refusal proves nothing:
 * FinerWorks may refuse everything, because of a wrong contract or a closed account. The image is to blame
 * once an update of its account was confirmed between two refusals of the same values.
 */
export class RefusedImages {
  readonly #limit: number;
  readonly #troubles: ImageTroubles;
  readonly #byValues = new Map<string, Refusal>();

  /** @param limit when so many images of an account are refused alone and none is taken, none is to blame */
  constructor(limit: number, troubles: ImageTroubles) {
    // More are not remembered: a higher limit would never be reached.
    this.#limit = Math.min(limit, MAX_REFUSED);
    this.#troubles = troubles;
  }

  /**
   * An update was refused alone.
   *
   * @param at when, in milliseconds since 1970
   * @param since when it was refused in a set whose other images were all taken since, which counts as alone
   */
  add(
    update: Update,
    lane: Lane,
    { detail, http }: Pick<Rejected, 'detail' | 'http'>,
    at: number,
    since = at,
  ): void {
    const { guid } = update;
    const key = keyOf(update);
    const hash = hashOf(key);
    const known = this.#troubles.of(guid);
    const before = known?.refused?.hash === hash ? known.refused.since : at;
    const first = Math.min(before, since, this.#byValues.get(key)?.since ?? at);
    const rejected: Rejected = {
      kind: 'rejected',
      reason: 'Refused',
      detail,
      guids: [guid],
      ...(http !== undefined && { http }),
    };
    const wasProven = lane.health.lastSuccessAt > first;
    this.#byValues.set(key, { update, lane, rejected, since: first, at, wasProven });
    this.#troubles.set(guid, { ...known, refused: { since: first, hash } });
    if (!wasProven) lane.health.refused(guid, at);
  }

  /** All of them are decided. */
  clear(): void {
    this.#byValues.clear();
  }

  /** FinerWorks took these values after all. */
  delete(update: Update): void {
    this.#byValues.delete(keyOf(update));
  }

  /** The refusal of the same values; undefined where they were not refused alone. */
  of(update: Update): Refusal | undefined {
    return this.#byValues.get(keyOf(update));
  }

  ofLane(lane: Lane): Refusal[] {
    return [...this.#byValues.values()].filter((refusal) => refusal.lane === lane);
  }

  get lanes(): Set<Lane> {
    return new Set([...this.#byValues.values()].map(({ lane }) => lane));
  }

  /** Whether so many images were refused, and none taken since, that no image can be the cause. */
  isSystemic(lane: Lane, now: number): boolean {
    if (this.areFew(lane, now)) return false;
    const messages = new Set<string>();
    for (const refusal of this.ofLane(lane)) {
      if (isProven(refusal)) continue;
      for (const { messageId } of refusal.update.changes) messages.add(messageId);
    }
    return messages.size >= SYSTEMIC_REFUSAL_MESSAGES;
  }

  /** Whether few enough images of the account were refused for one of them to be the cause. */
  areFew(lane: Lane, now: number): boolean {
    return lane.health.refusedImages(now) < this.#limit;
  }
}

/** An account, an image and its values: what FinerWorks accepts or refuses. */
function keyOf(update: Update): string {
  const { account, guid } = update;
  return JSON.stringify([account, guid, ...FIELDS.map((field) => update[field] ?? null)]);
}
