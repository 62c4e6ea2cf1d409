import { type CallRetry, isNeverSent } from '../finerworks/classify.ts';
import { secondsToWait } from '../finerworks/retry-after.ts';
import type { Lane } from '../lanes/lanes.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { CallKind } from './answer-times.ts';
import type { SchedulerDependencies } from './call-scheduler.ts';
import type { CallFailed, CallOptions } from './send-verdict.ts';

/** A timeout counts as so many failures: three of them take as long as an invocation has to spare. */
const TIMEOUT_WEIGHT = 2;

/** How much of a failure's text is kept for the records that are not tried because of it. */
const KEPT_LENGTH = 300;

export interface FeedbackDependencies
  extends Pick<SchedulerDependencies, 'clock' | 'memory' | 'callTimeout'> {
  readonly limits: { readonly maxRetryAfterSeconds: number };
}

/** Counts of one invocation's failures. */
export interface FeedbackFigures {
  /** Answers with 408 or 429. */
  throttled: number;
  breakerOpenings: number;
}

/** What each call tells of its account: how fast it may be called, how long, and whether at all. */
export class LaneFeedback {
  readonly #dependencies: FeedbackDependencies;
  readonly #figures: FeedbackFigures;

  /** @param figures are counted up */
  constructor(dependencies: FeedbackDependencies, figures: FeedbackFigures) {
    this.#dependencies = dependencies;
    this.#figures = figures;
  }

  /**
   * Milliseconds until a call is given up. Images that are known to fail alone, and the trial of a
   * half-open circuit, get the whole time, so that what is only slow goes through.
   */
  timeout(kind: CallKind, { health }: Lane, { isLikelyToFail = false }: CallOptions): number {
    const { clock, callTimeout } = this.#dependencies;
    const now = clock.now();
    const isWhole = isLikelyToFail || !health.isHanging || health.circuit.state(now) !== 'closed';
    return isWhole ? callTimeout : health.answerTimes.timeout(kind, now, callTimeout);
  }

  /** FinerWorks answered a call. */
  succeeded(kind: CallKind, { health }: Lane): void {
    const { clock, memory } = this.#dependencies;
    health.answered(kind, clock.now());
    memory.hostCircuit.succeeded('update');
  }

  /** A call failed, for a cause that may pass. */
  failed(
    kind: CallKind,
    lane: Lane,
    answered: CallRetry,
    { isLikelyToFail = false }: CallOptions,
  ): CallFailed {
    const { clock, memory } = this.#dependencies;
    const { health } = lane;
    const now = clock.now();
    const verdict = this.toRetried(answered);
    const { reason, detail, retryAfterSeconds = 0 } = verdict;
    if (reason === 'Throttled') {
      this.#figures.throttled += 1;
      health.pace.slowDown(now);
    }
    if (retryAfterSeconds > 0) health.pace.pauseUntil(now + retryAfterSeconds * 1_000);
    const isSlow = reason === 'Timeout';
    if (isSlow) health.hung(now);
    if (!isLikelyToFail) {
      health.lastFailure = ownCopyOf(`the last call ended with ${reason}: ${detail}`);
      const weight = isSlow ? TIMEOUT_WEIGHT : 1;
      if (health.circuit.failed(kind, now, weight)) this.#figures.breakerOpenings += 1;
    }
    if (isNeverSent(detail)) memory.hostCircuit.failed('update', now);
    else if (reason !== 'Network' && reason !== 'Timeout') memory.hostCircuit.succeeded('update');
    return { kind: 'failed', verdict, isSlow };
  }

  /** With the wait that FinerWorks asked for, cut to the longest that is allowed. */
  toRetried({ reason, detail, retryAfter }: CallRetry): Retried {
    const { clock, limits } = this.#dependencies;
    const asked = secondsToWait(retryAfter, clock.now());
    if (asked === undefined) return { kind: 'retry', reason, detail };
    const retryAfterSeconds = Math.min(asked, limits.maxRetryAfterSeconds);
    return { kind: 'retry', reason, detail, retryAfterSeconds };
  }
}

/** A copy, because a slice would keep the whole answer in memory. */
function ownCopyOf(text: string): string {
  return Buffer.from(text.slice(0, KEPT_LENGTH)).toString();
}
