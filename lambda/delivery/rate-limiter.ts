/**
 * How fast this sandbox calls. It lives with the sandbox and holds one token at most, which it earns
 * only by waiting: so the shares of all sandboxes bound the rate of the deployment without any shared
 * state, however often sandboxes start and freeze. All times in milliseconds since 1970.
 */
export class RateLimiter {
  readonly #interval: number;
  #nextAt: number;

  /** @param callsPerSecond this sandbox's share; undefined for no limit */
  constructor(callsPerSecond: number | undefined, now: number) {
    this.#interval = callsPerSecond === undefined ? 0 : 1_000 / callsPerSecond;
    this.#nextAt = now + this.#interval;
  }

  /** Milliseconds until a call may start. */
  waitFor(now: number): number {
    return Math.max(0, this.#nextAt - now);
  }

  /** A call starts at this moment. */
  take(at: number): void {
    this.#nextAt = Math.max(at, this.#nextAt) + this.#interval;
  }
}

/** A sandbox's share of the deployment's rate: up to `maxConcurrency` sandboxes run at once. */
export function shareOf(settings: {
  readonly callsPerSecond?: number | undefined;
  readonly maxConcurrency: number;
}): number | undefined {
  return settings.callsPerSecond && settings.callsPerSecond / settings.maxConcurrency;
}
