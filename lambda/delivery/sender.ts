import type { Answer } from '../finerworks/answer.ts';
import type { Call } from '../finerworks/call.ts';
import { type CallRetry, type CallVerdict, classify } from '../finerworks/classify.ts';
import type { Send } from '../finerworks/client.ts';
import type { ListImages, Query } from '../finerworks/list-images.ts';
import type { InventoryQuery, ListVirtualInventory } from '../finerworks/list-virtual-inventory.ts';
import { errorName } from '../general/error-name.ts';
import type { Keys } from '../keys/keys.ts';
import { type KeySet, KeySets, type KeysOf } from '../lanes/key-sets.ts';
import type { Lane, Lanes } from '../lanes/lanes.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { CallKind } from './answer-times.ts';
import { CallScheduler, type SchedulerDependencies } from './call-scheduler.ts';
import { type FeedbackDependencies, type FeedbackFigures, LaneFeedback } from './lane-feedback.ts';
import { SendLog } from './send-log.ts';
import type { CallBlocked, CallOptions, SendVerdict } from './send-verdict.ts';

/** Errors of a kept-alive connection that the other side closed, mostly before anything was sent. */
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE']);

/** What the sending of one invocation needs. */
export interface SenderDependencies extends SchedulerDependencies, FeedbackDependencies {
  readonly send: Send;
  readonly listImages: ListImages;
  readonly listVirtualInventory: ListVirtualInventory;
  readonly keys: KeysOf;
}

/** Counts of one invocation's sending. */
export interface SenderFigures extends FeedbackFigures {
  /** Calls of update_images. */
  calls: number;
  /** Calls of list_images and list_virtual_inventory. */
  listCalls: number;
  keyReloads: number;
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
  readonly #feedback: LaneFeedback;

  constructor(dependencies: SenderDependencies, lanes: Lanes) {
    this.#dependencies = dependencies;
    this.lanes = lanes;
    this.scheduler = new CallScheduler(dependencies);
    this.#feedback = new LaneFeedback(dependencies, this.figures);
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
      const answered = await attempt(keys, this.#feedback.timeout(kind, lane, options) / 1_000);
      if (answered.kind !== 'retry') {
        keySet.isAccepted = true;
        this.#feedback.succeeded(kind, lane);
        const now = this.#dependencies.clock.now();
        if (answered.kind === 'applied') lane.health.answerTimes.note(kind, now - startedAt, now);
        return answered;
      }
      const { reason, detail } = answered;
      const mayBeKeys = reason === 'BadKeys' || reason === 'Forbidden';
      if (mayBeKeys && (await keySet.hasOtherThan(keys))) continue;
      if (reason === 'BadKeys')
        return this.#refuseKeys(lane, keySet, this.#feedback.toRetried(answered));
      if (!wasTriedAgain && RESET_CODES.has(detail)) {
        wasTriedAgain = true;
        continue;
      }
      return this.#feedback.failed(kind, lane, answered, options);
    }
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
