import { errorName } from '../error-name.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { Answer } from './answer.ts';
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
import { type FailedAttempt, type TurnSurroundings, Turns } from './turns.ts';

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
export interface SenderSurroundings extends TurnSurroundings {
  readonly send: Send;
  readonly listImages: ListImages;
  readonly keys: InvocationKeys;
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

type Kind = 'calls' | 'listCalls';

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
  readonly #turns: Turns;
  #keys: Keys;
  #reloaded: Promise<void> | undefined;
  /** By kind: looks that are answered must not hide that no update is. */
  readonly #failuresInRow: Record<Kind, number> = { calls: 0, listCalls: 0 };

  constructor(surroundings: SenderSurroundings) {
    this.#surroundings = surroundings;
    this.#turns = new Turns(surroundings);
    this.#keys = surroundings.keys.current;
  }

  /** Why no further call can be made in time; undefined as long as one can. */
  get outOfTime(): Retried | undefined {
    return this.#turns.outOfTime;
  }

  /** Refuses every further call of the invocation with this verdict. */
  stop(verdict: Retried): void {
    this.#turns.stop(verdict);
  }

  /** Sends a call, as often as it takes and time allows. Never throws. */
  send(call: Call): Promise<SendVerdict> {
    return this.#patiently('calls', async (keys) => {
      const verdict = await attempt(() => this.#surroundings.send(call, keys));
      this.exposure.note(call, verdict);
      return verdict;
    });
  }

  /** Asks for images, as patiently as it sends, and beside it where that is wanted. Never throws. */
  list(query: Query): Promise<SendVerdict> {
    return this.#patiently('listCalls', (keys) =>
      attempt(() => this.#surroundings.listImages(query, keys)),
    );
  }

  async #patiently(
    kind: Kind,
    attemptOnce: (keys: Keys) => Promise<CallVerdict>,
  ): Promise<SendVerdict> {
    let failed: FailedAttempt | undefined;
    let resetForgiven = false;
    for (let attempts = 1; ; ) {
      const hindrance = await this.#turns.next(failed);
      if (hindrance !== undefined) return hindrance;
      const keys = this.#keys;
      this.figures[kind] += 1;
      const verdict = await attemptOnce(keys);
      if (verdict.kind !== 'retry') {
        this.#failuresInRow[kind] = 0;
        this.#surroundings.pace.recover();
        return verdict;
      }
      if (verdict.reason === 'BadKeys') {
        if (await this.#hasOtherKeysThan(keys)) continue;
        const retried = this.#turns.toRetried(verdict);
        this.stop(retried);
        return retried;
      }
      if (!resetForgiven && RESET_CODES.has(verdict.detail)) {
        resetForgiven = true;
        continue;
      }
      this.#countFailure(kind, verdict);
      if (attempts === MAX_ATTEMPTS || verdict.reason === 'Unexpected') {
        return this.#turns.toRetried(verdict);
      }
      failed = { verdict, attempts };
      attempts += 1;
    }
  }

  /** Reads the secret anew, once an invocation. @returns whether there are keys to go on with */
  async #hasOtherKeysThan(refused: Keys): Promise<boolean> {
    this.#reloaded ??= this.#reloadKeys();
    await this.#reloaded;
    const { web_api_key, app_key } = this.#keys;
    return refused.web_api_key !== web_api_key || refused.app_key !== app_key;
  }

  async #reloadKeys(): Promise<void> {
    this.figures.keyReloads += 1;
    this.#keys = (await this.#surroundings.keys.reload()) ?? this.#keys;
  }

  #countFailure(kind: Kind, verdict: CallRetry): void {
    if (verdict.reason === 'Throttled') {
      this.figures.throttled += 1;
      this.#surroundings.pace.slowDown(this.#surroundings.clock.now());
    }
    this.#failuresInRow[kind] += 1;
    if (this.#failuresInRow[kind] < FAILURES_TO_BREAK) return;
    this.figures.breakerOpenings += 1;
    const last = `the last ${verdict.reason}: ${verdict.detail}`;
    this.#turns.defer(
      `not tried after ${FAILURES_TO_BREAK} failures in a row, ${last}`,
      this.#turns.toRetried(verdict),
    );
  }
}

async function attempt(request: () => Promise<Answer>): Promise<CallVerdict> {
  let answer: Answer;
  try {
    answer = await request();
  } catch (error) {
    return unexpected(error);
  }
  return classify(answer);
}

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
