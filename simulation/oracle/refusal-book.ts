import type { CallRecord } from '../finerworks/call-record.ts';

/** What the account's updates came to lately, and its images that were refused alone since. */
interface AccountState {
  lastTakenAt: number;
  readonly refusedSince: Set<string>;
}

/**
 * What FinerWorks refused and took, whichever invocation learned of it: only with evidence may an
 * event be blamed for a refusal.
 */
export class RefusalBook {
  readonly #firstRefusedAt = new Map<string, number>();
  readonly #accounts = new Map<string | null, AccountState>();

  /** A call was answered. */
  learn({ call, meaning, confirmed = [], answeredAt = 0 }: CallRecord): void {
    const account = this.#accountOf(call.account);
    for (const { guid } of confirmed) this.#firstRefusedAt.delete(guid);
    if (confirmed.length > 0) {
      account.lastTakenAt = answeredAt;
      account.refusedSince.clear();
    }
    const [image, ...others] = call.images;
    // Left out of a success counts as a refusal too.
    const isRefused = meaning === 'refused' || (meaning === 'applied' && confirmed.length === 0);
    if (image === undefined || others.length > 0 || !isRefused) return;
    account.refusedSince.add(image.guid);
    if (!this.#firstRefusedAt.has(image.guid)) this.#firstRefusedAt.set(image.guid, answeredAt);
  }

  /** An event was dead-lettered for this image: what is refused next is another matter. */
  settled(guid: string): void {
    this.#firstRefusedAt.delete(guid);
  }

  /** When it was first refused alone, since it was last taken; milliseconds since 1970. */
  firstRefusedAt(guid: string): number | undefined {
    return this.#firstRefusedAt.get(guid);
  }

  lastTakenAt(account: string | null): number {
    return this.#accountOf(account).lastTakenAt;
  }

  /** How many images of the account were refused alone since one was taken. */
  refusedSince(account: string | null): number {
    return this.#accountOf(account).refusedSince.size;
  }

  #accountOf(account: string | null): AccountState {
    const known = this.#accounts.get(account) ?? {
      lastTakenAt: Number.NEGATIVE_INFINITY,
      refusedSince: new Set(),
    };
    this.#accounts.set(account, known);
    return known;
  }
}
