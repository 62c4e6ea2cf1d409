/** The part of a sandbox's time that calls may take which are likely to fail. */
const SHARE = 0.2;
/** The most that is saved up, in milliseconds: one call that hangs. */
const MAX_SAVED = 25_000;

/**
 * Time for calls that are likely to fail: of images that failed before, and of accounts whose
 * circuit is half-open. Each may hang until its timeout, and all records behind it would wait too.
 * To wait until lists show what was sent has a share of its own.
 */
export class TimeShare {
  #saved = MAX_SAVED;
  #at: number;

  /** @param now milliseconds since 1970, as below */
  constructor(now: number) {
    this.#at = now;
  }

  /** Whether there is time for one more such call. */
  isLeft(now: number): boolean {
    this.#saved = Math.min(MAX_SAVED, this.#saved + (now - this.#at) * SHARE);
    this.#at = now;
    return this.#saved > 0;
  }

  /** Such a call took so many milliseconds. */
  spend(milliseconds: number): void {
    this.#saved -= milliseconds;
  }
}
