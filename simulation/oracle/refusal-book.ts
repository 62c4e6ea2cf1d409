import type { CallRecord } from '../finerworks/call-record.ts';
import { valuesOf, type WireImage } from '../finerworks/wire.ts';

/** What the account's updates came to lately, and its images that were refused alone since. */
interface AccountState {
  firstTakenAt: number;
  lastTakenAt: number;
  /** When each was refused last. */
  readonly refusedSince: Map<string, number>;
}

interface RefusedSet {
  readonly at: number;
  readonly guids: readonly string[];
}

/** How long a refusal counts (docs/ledger.md). */
const REFUSED_WINDOW = 7_200_000;
/** A search has at most 7 levels; some of several invocations. */
const MAX_SETS = 20;

/**
 * What FinerWorks refused and took, in any invocation: an event may be blamed for a refusal only with
 * evidence.
 */
export class RefusalBook {
  /** Of each value of an image: when it was first refused alone. */
  readonly #valueRefusedAt = new Map<string, number>();
  readonly #accounts = new Map<string | null, AccountState>();

  /** When it was last taken, by guid. */
  readonly #takenAt = new Map<string, number>();
  /** Refused calls of several images, by each value in them. */
  readonly #refusedSets = new Map<string, RefusedSet[]>();

  /** A call was answered. */
  learn({ call, meaning, confirmed = [], claimed = [], answeredAt = 0 }: CallRecord): void {
    const account = this.#accountOf(call.account);
    for (const { guid } of [...confirmed, ...claimed]) {
      this.#takenAt.set(guid, answeredAt);
    }
    if (meaning === 'refused' && call.images.length > 1) {
      const set = { at: answeredAt, guids: call.images.map(({ guid }) => guid) };
      for (const value of call.images.flatMap(keysOf)) {
        const sets = this.#refusedSets.get(value) ?? [];
        this.#refusedSets.set(value, [...sets, set].slice(-MAX_SETS));
      }
    }
    // To the function any success is one, whatever it lists.
    if (meaning === 'applied') {
      account.firstTakenAt = Math.min(account.firstTakenAt, answeredAt);
      account.lastTakenAt = answeredAt;
      account.refusedSince.clear();
    }
    const [image, ...others] = call.images;
    // Left out of a success counts as a refusal too.
    const isRefused =
      meaning === 'refused' || (meaning === 'applied' && confirmed.length + claimed.length === 0);
    if (image === undefined || others.length > 0 || !isRefused) return;
    for (const value of keysOf(image)) {
      if (!this.#valueRefusedAt.has(value)) this.#valueRefusedAt.set(value, answeredAt);
    }
    // An image that is to blame says nothing about its account.
    if (this.isToldApart(image, call.account)) account.refusedSince.delete(image.guid);
    else account.refusedSince.set(image.guid, answeredAt);
  }

  /** Whether the account's updates were taken after one of these values was refused alone. */
  isToldApart(image: WireImage, account: string | null): boolean {
    const refusedAt = keysOf(image).flatMap((value) => [
      this.#valueRefusedAt.get(value) ?? Number.POSITIVE_INFINITY,
      ...this.#refusedAsAlone(image.guid, value),
    ]);
    return this.#accountOf(account).lastTakenAt >= Math.min(...refusedAt);
  }

  /** When it was refused with others that have all been taken since: as good as alone. */
  #refusedAsAlone(guid: string, value: string): number[] {
    const isTakenSince = (at: number) => (other: string) =>
      other === guid || (this.#takenAt.get(other) ?? Number.NEGATIVE_INFINITY) >= at;
    return (this.#refusedSets.get(value) ?? []).flatMap(({ at, guids }) =>
      guids.every(isTakenSince(at)) ? [at] : [],
    );
  }

  /** When one of these values was first refused alone, in milliseconds since 1970. */
  valueRefusedAt(image: WireImage): number | undefined {
    const known = keysOf(image).flatMap((value) => this.#valueRefusedAt.get(value) ?? []);
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  /** Whether an answer ever said that the image was taken. */
  wasTaken(guid: string): boolean {
    return this.#takenAt.has(guid);
  }

  /** When anything of the account was taken last; milliseconds since 1970. */
  lastTakenAt(account: string | null): number {
    return this.#accountOf(account).lastTakenAt;
  }

  /** Whether anything of the account was taken before a moment. */
  wasEverTaken(account: string | null, before: number): boolean {
    return this.#accountOf(account).firstTakenAt <= before;
  }

  /** Images of the account were found to be to blame. */
  blamed(account: string | null, guids: readonly string[]): void {
    for (const guid of guids) this.#accountOf(account).refusedSince.delete(guid);
  }

  /** How many images of the account were refused alone since one was taken, and are not to blame. */
  refusedSince(account: string | null, now: number): number {
    const refused = [...this.#accountOf(account).refusedSince.values()];
    return refused.filter((at) => now - at < REFUSED_WINDOW).length;
  }

  #accountOf(account: string | null): AccountState {
    const known = this.#accounts.get(account) ?? {
      firstTakenAt: Number.POSITIVE_INFINITY,
      lastTakenAt: Number.NEGATIVE_INFINITY,
      refusedSince: new Map(),
    };
    this.#accounts.set(account, known);
    return known;
  }
}

/** The values of an image, each for itself: coalesced with another it may be sent in new company. */
function keysOf(image: WireImage): string[] {
  return valuesOf(image).map(({ key, value }) => `${key} ${value}`);
}
