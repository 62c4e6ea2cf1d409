import type { Clock } from '../general/clock.ts';
import type { Lane } from '../lanes/lanes.ts';
import type { SandboxMemory } from '../lanes/sandbox-memory.ts';
import type { Retried } from '../verdicts/verdict.ts';

/** Records wait out a longer pause in the queue, where no other record waits for it; in milliseconds. */
const LONGEST_PAUSE = 10_000;

/** What decides when an invocation may call. */
export interface SchedulerDependencies {
  readonly clock: Clock;
  readonly memory: SandboxMemory;
  /** No call starts that could end after this; milliseconds since 1970. */
  readonly deadline: number;
  /** The longest that one call takes, in milliseconds. */
  readonly callTimeout: number;
}

/** When each call of an invocation may start, and whether it may at all. */
export class CallScheduler {
  readonly #dependencies: SchedulerDependencies;

  constructor(dependencies: SchedulerDependencies) {
    this.#dependencies = dependencies;
  }

  /** Why no further call can be made in time; undefined as long as one can. */
  get outOfTime(): Retried | undefined {
    return this.#canFinish(0) ? undefined : NO_TIME_LEFT;
  }

  /** Milliseconds until the last moment when a call may start; negative after it. */
  get timeLeft(): number {
    const { clock, deadline, callTimeout } = this.#dependencies;
    return deadline - callTimeout - clock.now();
  }

  /**
   * Why no other call may start, so that time is kept for calls that may hang.
   *
   * @param timeouts how many calls may hang until their timeout
   */
  keptFor(timeouts: number): Retried | undefined {
    return this.#canFinish((timeouts - 1) * this.#dependencies.callTimeout)
      ? undefined
      : NO_TIME_LEFT;
  }

  /**
   * Why nothing of this lane can be sent now; undefined where it can.
   *
   * @param images in the call: while a circuit is half-open, one is enough to find out
   */
  blockedBy(lane: Lane, images = 1): Retried | undefined {
    const stopped = this.#stoppedBy(lane, images);
    if (stopped !== undefined) return stopped;
    const pause = lane.health.pace.waitFor(this.#dependencies.clock.now());
    if (pause <= LONGEST_PAUSE) return this.outOfTime;
    return deferred('not tried, because FinerWorks asked to wait', pause);
  }

  #stoppedBy(lane: Lane, images: number): Retried | undefined {
    const { clock, memory } = this.#dependencies;
    const now = clock.now();
    if (lane.stopped !== undefined) return lane.stopped;
    for (const circuit of [memory.hostCircuit, lane.health.circuit]) {
      const state = circuit.state(now);
      if (state === 'closed' || (state === 'half-open' && images === 1)) continue;
      return deferred(`not tried: ${lane.health.lastFailure}`, circuit.waitFor(now));
    }
    return undefined;
  }

  /**
   * Waits for the pace of the deployment and of the account. Two calls may wait side by side.
   *
   * @returns why there is no call to be made; undefined when it may start
   */
  async next(lane: Lane, images = 1): Promise<Retried | undefined> {
    const blocked = this.blockedBy(lane, images);
    if (blocked !== undefined) return blocked;
    const { clock, memory } = this.#dependencies;
    const now = clock.now();
    const wait = Math.max(memory.rateLimiter.waitFor(now), lane.health.pace.waitFor(now));
    if (!this.#canFinish(wait)) return NO_TIME_LEFT;
    // Taken before its moment comes, so that another call that waits takes a later one.
    memory.rateLimiter.take(now + wait);
    lane.health.pace.take(now + wait);
    if (wait === 0) return undefined;
    await clock.sleep(wait);
    // FinerWorks may have told another call to slow down meanwhile.
    if (lane.health.pace.isPaused(clock.now())) return this.next(lane, images);
    // Not by the pace: it holds the moment that this call took.
    return this.#stoppedBy(lane, images);
  }

  /** Waits before a call is tried again. @returns whether there is time for it */
  async pause(milliseconds: number): Promise<boolean> {
    if (!this.#canFinish(milliseconds)) return false;
    if (milliseconds > 0) await this.#dependencies.clock.sleep(milliseconds);
    return true;
  }

  #canFinish(wait: number): boolean {
    const { clock, deadline, callTimeout } = this.#dependencies;
    return clock.now() + wait + callTimeout <= deadline;
  }
}

/** Returns what was not tried until it may be tried. */
export function deferred(detail: string, milliseconds: number): Retried {
  const retryAfterSeconds = Math.ceil(milliseconds / 1_000);
  return { kind: 'retry', reason: 'Deferred', detail, retryAfterSeconds };
}

const NO_TIME_LEFT: Retried = {
  kind: 'retry',
  reason: 'NoTimeLeft',
  detail: 'the invocation had no time left for another call',
};
