import type { Clock, Random } from '../clock.ts';
import { errorName } from '../error-name.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { Answer } from './answer.ts';
import { fullJitter } from './backoff.ts';
import type { Call } from './call.ts';
import {
  type CallApplied,
  type CallRefused,
  type CallRetry,
  type CallVerdict,
  classify,
} from './classify.ts';
import type { Send } from './client.ts';
import { Exposure } from './exposure.ts';
import type { Keys } from './keys.ts';
import type { ListImages, Query } from './list-images.ts';
import type { InvocationPace } from './pace.ts';
import { secondsToWait } from './retry-after.ts';

/** Attempts at one call, the first included, before its records go back to the queue. */
const MAX_ATTEMPTS = 3;
/**
 * Transient failures in a row after which the rest is not tried. More than one call's attempts,
 * so that one call that always fails can't keep all others from being tried.
 */
const FAILURES_TO_BREAK = 5;
/** A kept-alive connection that the other side closed fails so, mostly before anything was sent. */
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** What the sending of one invocation needs. */
export interface SenderSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly send: Send;
  readonly listImages: ListImages;
  readonly keys: InvocationKeys;
  readonly pace: InvocationPace;
  /** No call starts that could end after this; milliseconds since 1970. */
  readonly deadline: number;
  /** The longest that one call takes, in milliseconds. */
  readonly callTimeout: number;
}

/** The keys, as one invocation uses them. */
export interface InvocationKeys {
  readonly current: Keys;
  /** Reads the secret past every cache. Undefined where it can't be read. */
  readonly reload: () => Promise<Keys | undefined>;
}

/** What came of a call in the end. */
export type SendVerdict = CallApplied | CallRefused | Retried;

/** What the sending cost and met. */
export interface SenderFigures {
  /** Calls of update_images. */
  calls: number;
  /** Calls of list_images. */
  listCalls: number;
  /** Answers that asked for a slower pace. */
  throttled: number;
  keyReloads: number;
  breakerOpenings: number;
}

/**
 * Sends calls patiently, for the length of one invocation: retries what is transient, keeps the
 * pace, reads rotated keys anew, and stops calling where another call would only do harm.
 */
export class Sender {
  readonly figures: SenderFigures = {
    calls: 0,
    listCalls: 0,
    throttled: 0,
    keyReloads: 0,
    breakerOpenings: 0,
  };
  readonly exposure = new Exposure();
  readonly #surroundings: SenderSurroundings;
  #keys: Keys;
  #failuresInRow = 0;
  /** Why nothing is sent any more, once that is so. */
  #stopped: Retried | undefined;

  constructor(surroundings: SenderSurroundings) {
    this.#surroundings = surroundings;
    this.#keys = surroundings.keys.current;
  }

  /** Sends a call, as often as it takes and time allows. Never throws. */
  send(call: Call): Promise<SendVerdict> {
    return this.#patiently(async () => {
      const verdict = await this.#attempt('calls', (keys) => this.#surroundings.send(call, keys));
      this.exposure.note(call, verdict);
      return verdict;
    });
  }

  /** Asks for images, as patiently as it sends. Never throws. */
  list(query: Query): Promise<SendVerdict> {
    return this.#patiently(() =>
      this.#attempt('listCalls', (keys) => this.#surroundings.listImages(query, keys)),
    );
  }

  async #patiently(attemptOnce: () => Promise<CallVerdict>): Promise<SendVerdict> {
    let failed: CallRetry | undefined;
    let resetForgiven = false;
    for (let attempt = 1; ; ) {
      const hindrance = await this.#waitForTurn(failed, attempt);
      if (hindrance !== undefined) return hindrance;
      const verdict = await attemptOnce();
      if (verdict.kind !== 'retry') {
        this.#failuresInRow = 0;
        this.#surroundings.pace.recover();
        return verdict;
      }
      if (verdict.reason === 'BadKeys') {
        if (await this.#reloadKeys()) continue;
        this.#stopped = this.#toRetried(verdict);
        return this.#stopped;
      }
      if (!resetForgiven && RESET_CODES.has(verdict.detail)) {
        resetForgiven = true;
        continue;
      }
      this.#countFailure(verdict);
      if (attempt === MAX_ATTEMPTS || verdict.reason === 'Unexpected') {
        return this.#toRetried(verdict);
      }
      failed = verdict;
      attempt += 1;
    }
  }

  /** Refuses every further call of the invocation with this verdict. */
  stop(verdict: Retried): void {
    this.#stopped = verdict;
  }

  /** Waits for backoff and pace, unless the call could not finish in time. */
  async #waitForTurn(failed: CallRetry | undefined, attempt: number): Promise<Retried | undefined> {
    const { clock, pace, deadline, callTimeout, random } = this.#surroundings;
    if (this.#stopped !== undefined) return failed ? this.#toRetried(failed) : this.#stopped;
    const now = clock.now();
    const asked = failed === undefined ? undefined : secondsToWait(failed.retryAfter, now);
    const backoff = failed === undefined ? 0 : fullJitter(attempt - 1, random);
    const wait = Math.max(backoff, (asked ?? 0) * 1_000, pace.waitFor(now));
    if (now + wait + callTimeout > deadline) {
      if (failed === undefined) return NO_TIME_LEFT;
      const retried = this.#toRetried(failed);
      // Whoever asks to be left alone for longer than this invocation lasts means every call.
      if (asked) this.#stop(`not tried, because FinerWorks asked to wait for ${asked} s`, retried);
      return retried;
    }
    if (wait > 0) await clock.sleep(wait);
    pace.take(clock.now());
    return undefined;
  }

  async #attempt(
    figure: 'calls' | 'listCalls',
    request: (keys: Keys) => Promise<Answer>,
  ): Promise<CallVerdict> {
    this.figures[figure] += 1;
    let answer: Answer;
    try {
      answer = await request(this.#keys);
    } catch (error) {
      return unexpected(error);
    }
    return classify(answer);
  }

  /** @returns whether other keys are there to go on with; looked for once an invocation */
  async #reloadKeys(): Promise<boolean> {
    if (this.figures.keyReloads > 0) return false;
    this.figures.keyReloads += 1;
    const before = this.#keys;
    this.#keys = (await this.#surroundings.keys.reload()) ?? before;
    return before.web_api_key !== this.#keys.web_api_key || before.app_key !== this.#keys.app_key;
  }

  #countFailure(verdict: CallRetry): void {
    if (verdict.reason === 'Throttled') {
      this.figures.throttled += 1;
      this.#surroundings.pace.slowDown(this.#surroundings.clock.now());
    }
    this.#failuresInRow += 1;
    if (this.#failuresInRow < FAILURES_TO_BREAK) return;
    this.figures.breakerOpenings += 1;
    const last = `the last ${verdict.reason}: ${verdict.detail}`;
    this.#stop(
      `not tried after ${FAILURES_TO_BREAK} failures in a row, ${last}`,
      this.#toRetried(verdict),
    );
  }

  /** Defers what was not yet tried, for as long as the call that failed. */
  #stop(detail: string, cause: Retried): void {
    this.stop({ ...cause, reason: 'Deferred', detail });
  }

  #toRetried({ reason, detail, retryAfter }: CallRetry): Retried {
    const seconds = secondsToWait(retryAfter, this.#surroundings.clock.now());
    return {
      kind: 'retry',
      reason,
      detail,
      ...(seconds !== undefined && { retryAfterSeconds: seconds }),
    };
  }
}

const NO_TIME_LEFT: Retried = {
  kind: 'retry',
  reason: 'NoTimeLeft',
  detail: 'the invocation had no time left for another call',
};

function unexpected(error: unknown): CallRetry {
  const name = errorName(error);
  return {
    kind: 'retry',
    reason: 'Unexpected',
    detail: `sending the call failed: ${name}`,
    retryAfter: null,
    mayTakeEffect: true,
  };
}
