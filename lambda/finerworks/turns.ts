import type { Clock, Random } from '../clock.ts';
import type { Retried } from '../verdicts/verdict.ts';
import { fullJitter } from './backoff.ts';
import type { CallRetry } from './classify.ts';
import type { InvocationPace } from './pace.ts';
import { secondsToWait } from './retry-after.ts';

/** What decides when an invocation may call. */
export interface TurnSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly pace: InvocationPace;
  /** No call starts that could end after this; milliseconds since 1970. */
  readonly deadline: number;
  /** The longest that one call takes, in milliseconds. */
  readonly callTimeout: number;
}

/** An attempt at a call that is to be made again. */
export interface FailedAttempt {
  readonly verdict: CallRetry;
  /** How often the call was tried, 1 or more. */
  readonly attempts: number;
}

/** The turns of one invocation's calls: when each may start, and whether any may at all. */
export class Turns {
  readonly #surroundings: TurnSurroundings;
  /** Why nothing is sent any more, once that is so. */
  #stopped: Retried | undefined;

  constructor(surroundings: TurnSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Refuses every further turn with this verdict, unless another one came first. */
  stop(verdict: Retried): void {
    this.#stopped ??= verdict;
  }

  /** Why no further call can be made in time; undefined as long as one can. */
  get outOfTime(): Retried | undefined {
    return this.#canFinish(0) ? undefined : NO_TIME_LEFT;
  }

  /**
   * Waits for backoff and pace. Two calls may wait side by side.
   *
   * @param failed the attempt before; undefined at the first one
   * @returns why there is no turn: what failed itself says so, and what was not tried says why;
   *   undefined when the call may start
   */
  async next(failed?: FailedAttempt): Promise<Retried | undefined> {
    const { clock, pace } = this.#surroundings;
    const pause = failed === undefined ? 0 : this.#pauseAfter(failed);
    const early = this.#hindrance(Math.max(pause, pace.waitFor(clock.now())), failed);
    if (early !== undefined) return early;
    await this.#sleep(pause);
    // Whoever waited beside this one may have taken the turn that was there before.
    const wait = pace.waitFor(clock.now());
    const late = this.#hindrance(wait, failed);
    if (late !== undefined) return late;
    // Taken before it has come: whoever else waits meanwhile takes another one.
    pace.take(clock.now() + wait);
    await this.#sleep(wait);
    return this.#stopped && this.#refusal(this.#stopped, failed);
  }

  /** The verdict on what was tried in vain, with the wait that FinerWorks asked for. */
  toRetried({ reason, detail, retryAfter }: CallRetry): Retried {
    const seconds = secondsToWait(retryAfter, this.#surroundings.clock.now());
    return {
      kind: 'retry',
      reason,
      detail,
      ...(seconds !== undefined && { retryAfterSeconds: seconds }),
    };
  }

  /** Defers what was not yet tried, for as long as what failed. */
  defer(detail: string, { retryAfterSeconds }: Retried): void {
    this.stop({
      kind: 'retry',
      reason: 'Deferred',
      detail,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }

  /** What FinerWorks asks one call for it means for all: they wait as well, or are not made. */
  #pauseAfter({ verdict, attempts }: FailedAttempt): number {
    const { clock, random, pace } = this.#surroundings;
    const retried = this.toRetried(verdict);
    const { retryAfterSeconds: asked = 0 } = retried;
    if (this.#canFinish(asked * 1_000)) pace.pauseUntil(clock.now() + asked * 1_000);
    else if (asked > 0)
      this.defer(`not tried, because FinerWorks asked to wait for ${asked} s`, retried);
    return Math.max(fullJitter(attempts, random), asked * 1_000);
  }

  /** @param wait milliseconds until the call could start */
  #hindrance(wait: number, failed: FailedAttempt | undefined): Retried | undefined {
    if (this.#stopped !== undefined) return this.#refusal(this.#stopped, failed);
    if (this.#canFinish(wait)) return undefined;
    return failed === undefined ? NO_TIME_LEFT : this.toRetried(failed.verdict);
  }

  #canFinish(wait: number): boolean {
    const { clock, deadline, callTimeout } = this.#surroundings;
    return clock.now() + wait + callTimeout <= deadline;
  }

  #refusal(stopped: Retried, failed: FailedAttempt | undefined): Retried {
    return failed === undefined ? stopped : this.toRetried(failed.verdict);
  }

  async #sleep(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await this.#surroundings.clock.sleep(milliseconds);
  }
}

const NO_TIME_LEFT: Retried = {
  kind: 'retry',
  reason: 'NoTimeLeft',
  detail: 'the invocation had no time left for another call',
};
