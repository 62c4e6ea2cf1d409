import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiter } from '../../lambda/delivery/rate-limiter.ts';
import type { SendVerdict } from '../../lambda/delivery/send-verdict.ts';
import type { Answer } from '../../lambda/finerworks/answer.ts';
import { classify } from '../../lambda/finerworks/classify.ts';
import { createClient } from '../../lambda/finerworks/client.ts';
import { secondsToWait } from '../../lambda/finerworks/retry-after.ts';
import { InventoryLists, type ListedImages } from '../../lambda/inventory/inventory-lists.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import type { Retry } from '../../lambda/verdicts/reasons.ts';
import { UnavailableError } from '../errors.ts';
import type { KeysOfAccount } from './account-keys.ts';

/** Doubled after each failure, unless FinerWorks asks for another wait. */
const FIRST_PAUSE_SECONDS = 1;
/** FinerWorks may ask for an hour; nobody waits that long at a terminal. */
const LONGEST_PAUSE_SECONDS = 60;
/** Causes that may be over at the next try. Keys and content do not change meanwhile. */
const PASSING: ReadonlySet<Retry> = new Set(['Throttled', 'ServerError', 'Network', 'Timeout']);

/** How images are listed. */
export interface ListingOptions {
  readonly settings: Parameters<typeof createClient>[0];
  readonly keysOf: KeysOfAccount;
  readonly callsPerSecond: number;
  /** Calls for one list at most: 429 and gateways' errors are common, and pass (docs/finerworks-api.md). */
  readonly maxTries: number;
  /** No call begins after it, and no pause goes on. */
  readonly stop: AbortSignal;
}

/** Lists images as the function's preflight does, one call at a time. */
export class ImageLists {
  readonly #options: ListingOptions;
  readonly #lists: InventoryLists;
  readonly #rate: RateLimiter;
  #calls = 0;

  constructor(options: ListingOptions) {
    this.#options = options;
    const client = createClient(options.settings);
    this.#lists = new InventoryLists(
      {
        list: (query, isUsable) =>
          this.#ask(query.account, (keys) => client.listImages(query, keys), isUsable),
        listProducts: (query, isUsable) =>
          this.#ask(query.account, (keys) => client.listVirtualInventory(query, keys), isUsable),
      },
      { areProductsApart: false },
      randomUUID(),
    );
    // It allows no call at its start; but a program that has just begun has made no calls.
    const start = performance.now() - 1_000 / options.callsPerSecond;
    this.#rate = new RateLimiter(options.callsPerSecond, start);
  }

  /** Calls that were made by now. */
  get calls(): number {
    return this.#calls;
  }

  /**
   * @param guids 1 to 50 of one account
   * @returns those that the inventory library has; undefined where it was stopped
   * @throws {UnavailableError} with a reason of lambda/verdicts/reasons.ts
   * @throws {KeysError} where the account has no usable keys
   */
  async list(account: string | null, guids: readonly string[]): Promise<ListedImages | undefined> {
    const listed = await this.#lists.list(account, guids);
    if (!('kind' in listed)) return listed;
    if (listed.kind === 'blocked') return undefined;
    throw new UnavailableError(listed.verdict.reason, `FinerWorks: ${listed.verdict.detail}`);
  }

  async #ask(
    account: string | null,
    ask: (keys: Keys) => Promise<Answer>,
    isUsable: (content: unknown) => boolean,
  ): Promise<SendVerdict> {
    const keys = await this.#options.keysOf(account);
    for (let tries = 1; ; tries += 1) {
      if (!(await this.#wait(this.#rate.waitFor(performance.now())))) return STOPPED;
      this.#rate.take(performance.now());
      this.#calls += 1;
      const verdict = classify(await ask(keys));
      if (verdict.kind === 'applied' && isUsable(verdict.content)) return verdict;
      if (verdict.kind === 'applied') throw notWhole();
      const reason = verdict.kind === 'retry' ? verdict.reason : 'Refused';
      if (
        verdict.kind === 'refused' ||
        !PASSING.has(verdict.reason) ||
        tries >= this.#options.maxTries
      ) {
        throw new UnavailableError(reason, `FinerWorks, lists: ${reason}: ${verdict.detail}`);
      }
      const asked = secondsToWait(verdict.retryAfter, Date.now());
      const pause = Math.min(
        asked ?? FIRST_PAUSE_SECONDS * 2 ** (tries - 1),
        LONGEST_PAUSE_SECONDS,
      );
      if (!(await this.#wait(pause * 1_000))) return STOPPED;
    }
  }

  /** @returns whether to go on */
  async #wait(milliseconds: number): Promise<boolean> {
    const { stop } = this.#options;
    if (milliseconds > 0 && !stop.aborted) {
      await sleep(milliseconds, undefined, { signal: stop }).catch((error: unknown) => {
        if (!stop.aborted) throw error;
      });
    }
    return !stop.aborted;
  }
}

const STOPPED: SendVerdict = {
  kind: 'blocked',
  verdict: { kind: 'retry', reason: 'Deferred', detail: 'it was stopped' },
};

function notWhole(): UnavailableError {
  return new UnavailableError(
    'InventoryUnknown',
    'FinerWorks, lists: the list is not as documented, or not whole',
  );
}
