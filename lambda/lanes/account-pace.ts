/** The interval between two calls after the first HTTP 429, in milliseconds. */
const THROTTLED_INTERVAL = 1_000;
/** The longest: with `Retry-After` FinerWorks can ask for more. */
const LONGEST_INTERVAL = 10_000;
/** The factor by which an answer shortens the interval: two or three answers undo one 429. */
const RECOVERY = 0.75;
/** A shorter interval counts as none. */
const MIN_INTERVAL = 50;

/** How fast one account may be called, according to 429 and `Retry-After` of FinerWorks. */
export class AccountPace {
  #interval = 0;
  #nextAt = 0;
  #pausedUntil = 0;

  /** Milliseconds until a call may start. */
  waitFor(now: number): number {
    return Math.max(0, this.#nextAt - now);
  }

  /** A call starts at this moment. */
  take(at: number): void {
    this.#nextAt = Math.max(at, this.#nextAt) + this.#interval;
  }

  /** HTTP 429: half the pace, until it answers again. */
  slowDown(now: number): void {
    this.#interval = Math.min(LONGEST_INTERVAL, Math.max(THROTTLED_INTERVAL, this.#interval * 2));
    this.pauseUntil(now + this.#interval);
  }

  /** No call starts before this moment. */
  pauseUntil(at: number): void {
    this.#nextAt = Math.max(this.#nextAt, at);
    this.#pausedUntil = Math.max(this.#pausedUntil, at);
  }

  /** Whether FinerWorks asked to wait; this also stops calls that have waited for their turn. */
  isPaused(now: number): boolean {
    return now < this.#pausedUntil;
  }

  /** FinerWorks answered: the pace recovers step by step. */
  recover(): void {
    const interval = this.#interval * RECOVERY;
    this.#interval = interval < MIN_INTERVAL ? 0 : interval;
  }
}
