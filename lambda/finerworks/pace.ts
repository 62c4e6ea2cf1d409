/** Slowest interval that a throttled invocation falls back to from no limit at all. */
const THROTTLED_INTERVAL = 1_000;
/** What an answer leaves of the interval: two or three answers undo one slowing down. */
const RECOVERY = 0.75;

/**
 * How fast this sandbox calls. It lives with the sandbox and holds one token at most, which it
 * earns only by waiting: so the share of each sandbox bounds the whole deployment's rate without
 * any shared state, however often sandboxes start and freeze.
 */
export class Pace {
  readonly #interval: number;
  #nextAt: number;

  /**
   * @param callsPerSecond this sandbox's share; undefined for no limit
   * @param now milliseconds since 1970
   */
  constructor(callsPerSecond: number | undefined, now: number) {
    this.#interval = callsPerSecond === undefined ? 0 : 1_000 / callsPerSecond;
    this.#nextAt = now + this.#interval;
  }

  /** One invocation's use of the pace: what slows one invocation down ends with it. */
  forInvocation(): InvocationPace {
    let interval = this.#interval;
    return {
      waitFor: (now) => Math.max(0, this.#nextAt - now),
      take: (now) => {
        this.#nextAt = Math.max(now, this.#nextAt) + interval;
      },
      slowDown: (now) => {
        interval = Math.max(THROTTLED_INTERVAL, interval * 2);
        this.#nextAt = Math.max(this.#nextAt, now + interval);
      },
      pauseUntil: (at) => {
        this.#nextAt = Math.max(this.#nextAt, at);
      },
      recover: () => {
        interval = Math.max(this.#interval, interval * RECOVERY);
      },
    };
  }
}

/** All times in milliseconds, `now` since 1970. */
export interface InvocationPace {
  /** How long until a call may start. */
  readonly waitFor: (now: number) => number;
  /** A call starts now. */
  readonly take: (now: number) => void;
  /** FinerWorks said that it is too fast: half the pace, until it answers again. */
  readonly slowDown: (now: number) => void;
  /** No call starts before this moment, in milliseconds since 1970. */
  readonly pauseUntil: (at: number) => void;
  /** FinerWorks answered: step by step back to the pace of before. */
  readonly recover: () => void;
}

/** A sandbox's part of the deployment's rate: as many sandboxes run at once as are allowed. */
export function shareOf(settings: {
  readonly callsPerSecond?: number | undefined;
  readonly maxConcurrency: number;
}): number | undefined {
  return settings.callsPerSecond && settings.callsPerSecond / settings.maxConcurrency;
}
