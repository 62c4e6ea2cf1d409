import type { Answer } from '../finerworks/answer.ts';
import type { Call } from '../finerworks/call.ts';
import {
  type CallApplied,
  type CallRefused,
  type CallRetry,
  type CallVerdict,
  classify,
  isNeverSent,
} from '../finerworks/classify.ts';
import type { Send } from '../finerworks/client.ts';
import type { ListImages, Query } from '../finerworks/list-images.ts';
import type { InventoryQuery, ListVirtualInventory } from '../finerworks/list-virtual-inventory.ts';
import { secondsToWait } from '../finerworks/retry-after.ts';
import { errorName } from '../general/error-name.ts';
import type { Keys } from '../keys/keys.ts';
import { type KeySet, KeySets, type KeysOf } from '../lanes/key-sets.ts';
import type { Lane, Lanes } from '../lanes/lanes.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { CallKind } from './answer-times.ts';
import { CallScheduler, type SchedulerDependencies } from './call-scheduler.ts';
import { SendLog } from './send-log.ts';

/** Errors of a kept-alive connection that the other side closed, mostly before anything was sent. */
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
/** A timeout counts as so many failures: three of them take as long as an invocation has to spare. */
const TIMEOUT_WEIGHT = 2;

/** How much of a failure's text is kept for the records that are not tried because of it. */
const KEPT_LENGTH = 300;

/** What the sending of one invocation needs. */
export interface SenderDependencies extends SchedulerDependencies {
  readonly send: Send;
  readonly listImages: ListImages;
  readonly listVirtualInventory: ListVirtualInventory;
  readonly keys: KeysOf;
  readonly limits: { readonly maxRetryAfterSeconds: number };
}

/** A call was made and failed, for a cause that may pass. */
export interface CallFailed {
  readonly kind: 'failed';
  readonly verdict: Retried;
  /** It ran into its timeout: another attempt costs as much time. */
  readonly isSlow: boolean;
}

/** A call was not made. */
export interface CallBlocked {
  readonly kind: 'blocked';
  readonly verdict: Retried;
}

/** The result of a call. */
export type SendVerdict = CallApplied | CallRefused | CallFailed | CallBlocked;

/** Counts of one invocation's sending. */
export interface SenderFigures {
  /** Calls of update_images. */
  calls: number;
  /** Calls of list_images and list_virtual_inventory. */
  listCalls: number;
  /** Answers with 408 or 429. */
  throttled: number;
  keyReloads: number;
  breakerOpenings: number;
}

/** How a call counts. */
export interface CallOptions {
  /** It holds an image that failed before: another failure says nothing about the account. */
  readonly isLikelyToFail?: boolean;
  /** Tried before in this invocation: a reset connection is not tried once more. */
  readonly isRepeated?: boolean;
}

/**
 * Makes the calls of one invocation, each once: keeps the pace, reads refused keys again, and stops
 * the lanes in which another call would only do harm. Its callers decide whether to try again.
 */
export class Sender {
  readonly figures: SenderFigures = {
    calls: 0,
    listCalls: 0,
    throttled: 0,
    keyReloads: 0,
    breakerOpenings: 0,
  };
  readonly log = new SendLog();
  readonly scheduler: CallScheduler;
  readonly lanes: Lanes;
  readonly #dependencies: SenderDependencies;
  readonly #keySets: KeySets;

  constructor(dependencies: SenderDependencies, lanes: Lanes) {
    this.#dependencies = dependencies;
    this.lanes = lanes;
    this.scheduler = new CallScheduler(dependencies);
    this.#keySets = new KeySets(dependencies.keys, () => {
      this.figures.keyReloads += 1;
    });
  }

  /** Sends an update. Never throws. */
  send(call: Call, options: CallOptions = {}): Promise<SendVerdict> {
    const attempt = async (keys: Keys, seconds: number) => {
      const verdict = await answerOf(() => this.#dependencies.send(call, keys, seconds));
      this.log.note(call, verdict);
      return verdict;
    };
    const of = { lane: this.lanes.of(call.account), images: call.updates.length };
    return this.#attempt('update', of, attempt, options);
  }

  /**
   * Lists images; this may run beside an update. Never throws.
   *
   * @param isUsable whether the JSON of a success has what was asked for: else the call has failed
   */
  list(
    query: Query,
    isUsable: (content: unknown) => boolean,
    options: CallOptions = {},
  ): Promise<SendVerdict> {
    const ask = (keys: Keys, seconds: number) =>
      this.#dependencies.listImages(query, keys, seconds);
    return this.#ask(query, ask, isUsable, options);
  }

  /** Lists a page of the products of images, as {@link list} lists images. */
  listProducts(
    query: InventoryQuery,
    isUsable: (content: unknown) => boolean,
    options: CallOptions = {},
  ): Promise<SendVerdict> {
    const ask = (keys: Keys, seconds: number) =>
      this.#dependencies.listVirtualInventory(query, keys, seconds);
    return this.#ask(query, ask, isUsable, options);
  }

  #ask(
    { account, guids }: Pick<Query, 'account' | 'guids'>,
    ask: (keys: Keys, seconds: number) => Promise<Answer>,
    isUsable: (content: unknown) => boolean,
    options: CallOptions,
  ): Promise<SendVerdict> {
    const attempt = async (keys: Keys, seconds: number): Promise<CallVerdict> => {
      const verdict = await answerOf(() => ask(keys, seconds));
      return verdict.kind !== 'applied' || isUsable(verdict.content) ? verdict : UNUSABLE_LIST;
    };
    const of = { lane: this.lanes.of(account), images: guids.length };
    return this.#attempt('preflight', of, attempt, options);
  }

  async #attempt(
    kind: CallKind,
    { lane, images }: { readonly lane: Lane; readonly images: number },
    attempt: (keys: Keys, seconds: number) => Promise<CallVerdict>,
    options: CallOptions,
  ): Promise<SendVerdict> {
    const keySet = await this.#keySets.of(lane.account);
    if ('kind' in keySet) return this.#stop(lane, keySet);
    for (let wasTriedAgain = options.isRepeated ?? false; ; ) {
      // The keys are asked about twice: another call may find them refused while this one waits.
      const verdict = keySet.refused ?? (await this.scheduler.next(lane, images)) ?? keySet.refused;
      if (verdict !== undefined) return { kind: 'blocked', verdict };
      const { keys } = keySet;
      this.figures[kind === 'update' ? 'calls' : 'listCalls'] += 1;
      const startedAt = this.#dependencies.clock.now();
      const answered = await attempt(keys, this.#timeout(kind, lane, options) / 1_000);
      if (answered.kind !== 'retry') {
        this.#succeeded(kind, lane, keySet);
        const now = this.#dependencies.clock.now();
        if (answered.kind === 'applied') lane.health.answerTimes.note(kind, now - startedAt, now);
        return answered;
      }
      const { reason, detail } = answered;
      const mayBeKeys = reason === 'BadKeys' || reason === 'Forbidden';
      if (mayBeKeys && (await keySet.hasOtherThan(keys))) continue;
      if (reason === 'BadKeys') return this.#refuseKeys(lane, keySet, this.#toRetried(answered));
      if (!wasTriedAgain && RESET_CODES.has(detail)) {
        wasTriedAgain = true;
        continue;
      }
      return this.#failed(kind, lane, answered, options);
    }
  }

  /**
   * Milliseconds until a call is given up. Images that are known to fail alone, and the trial of a
   * half-open circuit, get the whole time, so that what is only slow goes through.
   */
  #timeout(kind: CallKind, { health }: Lane, { isLikelyToFail = false }: CallOptions): number {
    const { clock, callTimeout } = this.#dependencies;
    const now = clock.now();
    const isWhole = isLikelyToFail || !health.isHanging || health.circuit.state(now) !== 'closed';
    return isWhole ? callTimeout : health.answerTimes.timeout(kind, now, callTimeout);
  }

  #succeeded(kind: CallKind, { health }: Lane, keySet: KeySet): void {
    keySet.isAccepted = true;
    const { clock, memory } = this.#dependencies;
    health.answered(kind, clock.now());
    memory.hostCircuit.succeeded('update');
  }

  /** Refused keys stop every account that has them, unless FinerWorks accepted them since the last refusal. */
  #refuseKeys(lane: Lane, keySet: KeySet, verdict: Retried): CallBlocked {
    if (!keySet.isAccepted) keySet.refused = verdict;
    // They may have been replaced meanwhile: the next account finds that out for all.
    keySet.isAccepted = false;
    return this.#stop(lane, verdict);
  }

  #stop(lane: Lane, verdict: Retried): CallBlocked {
    lane.stopped ??= verdict;
    return { kind: 'blocked', verdict };
  }

  #failed(
    kind: CallKind,
    lane: Lane,
    answered: CallRetry,
    { isLikelyToFail = false }: CallOptions,
  ): CallFailed {
    const { clock, memory } = this.#dependencies;
    const { health } = lane;
    const now = clock.now();
    const verdict = this.#toRetried(answered);
    const { reason, detail, retryAfterSeconds = 0 } = verdict;
    if (reason === 'Throttled') {
      this.figures.throttled += 1;
      health.pace.slowDown(now);
    }
    if (retryAfterSeconds > 0) health.pace.pauseUntil(now + retryAfterSeconds * 1_000);
    const isSlow = reason === 'Timeout';
    if (isSlow) health.hung(now);
    if (!isLikelyToFail) {
      health.lastFailure = ownCopyOf(`the last call ended with ${reason}: ${detail}`);
      const weight = isSlow ? TIMEOUT_WEIGHT : 1;
      if (health.circuit.failed(kind, now, weight)) this.figures.breakerOpenings += 1;
    }
    if (isNeverSent(detail)) memory.hostCircuit.failed('update', now);
    else if (reason !== 'Network' && reason !== 'Timeout') memory.hostCircuit.succeeded('update');
    return { kind: 'failed', verdict, isSlow };
  }

  /** With the wait that FinerWorks asked for, cut to the longest that is allowed. */
  #toRetried({ reason, detail, retryAfter }: CallRetry): Retried {
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

const UNUSABLE_LIST: CallRetry = {
  kind: 'retry',
  reason: 'InventoryUnknown',
  detail: 'the list of images, or of their products, is not as documented, or not whole',
  retryAfter: null,
  mayTakeEffect: false,
};

async function answerOf(request: () => Promise<Answer>): Promise<CallVerdict> {
  let answer: Answer;
  try {
    answer = await request();
  } catch (error) {
    const detail = `sending the call failed: ${errorName(error)}`;
    return { kind: 'retry', reason: 'Unexpected', detail, retryAfter: null, mayTakeEffect: true };
  }
  return classify(answer);
}
