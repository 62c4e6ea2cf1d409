import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../lambda/config.ts';
import { RateLimiter } from '../../lambda/delivery/rate-limiter.ts';
import { classify } from '../../lambda/finerworks/classify.ts';
import { createClient } from '../../lambda/finerworks/client.ts';
import { type InventoryImage, type Query, readList } from '../../lambda/finerworks/list-images.ts';
import { secondsToWait } from '../../lambda/finerworks/retry-after.ts';
import type { Retry } from '../../lambda/reasons.ts';
import { UnavailableError } from '../errors.ts';
import type { KeysOfAccount } from './account-keys.ts';

/** Doubled after each failure where FinerWorks asks for no wait of its own. */
const FIRST_PAUSE_SECONDS = 1;
/** FinerWorks may ask for an hour; nobody waits that long at a terminal. */
const LONGEST_PAUSE_SECONDS = 60;
/** What may be over at the next try. Keys and content don't change by waiting. */
const PASSING: ReadonlySet<Retry> = new Set(['Throttled', 'ServerError', 'Network', 'Timeout']);

export type Listed = ReadonlyMap<string, InventoryImage>;

/** How images are asked for. */
export interface ListingOptions {
  readonly settings: Pick<Config, 'apiUrl' | 'callTimeoutSeconds'>;
  readonly keysOf: KeysOfAccount;
  readonly callsPerSecond: number;
  /** Calls for one list at most: 429 and gateways' errors are common, and pass (docs/finerworks-api.md). */
  readonly mostTries: number;
  /** No call begins after it, and no pause goes on. */
  readonly stop: AbortSignal;
}

/** Asks FinerWorks for images as the function's preflight does, one call at a time. */
export class ImageLists {
  readonly #options: ListingOptions;
  readonly #client: ReturnType<typeof createClient>;
  readonly #rate: RateLimiter;
  readonly #sessionId = randomUUID();
  #calls = 0;

  constructor(options: ListingOptions) {
    this.#options = options;
    this.#client = createClient(options.settings);
    // It lets nothing through at its very start; a program that has just begun has called nobody.
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
   * @throws {UnavailableError} with a reason of lambda/reasons.ts
   * @throws {KeysError} where the account's keys can't be had
   */
  async list(account: string | null, guids: readonly string[]): Promise<Listed | undefined> {
    const query: Query = { account, guids, sessionId: this.#sessionId };
    const keys = await this.#options.keysOf(account);
    for (let tries = 1; ; tries += 1) {
      if (!(await this.#wait(this.#rate.waitFor(performance.now())))) return undefined;
      this.#rate.take(performance.now());
      this.#calls += 1;
      const verdict = classify(await this.#client.listImages(query, keys));
      if (verdict.kind === 'applied') return listIn(verdict.content, query);
      const reason = verdict.kind === 'retry' ? verdict.reason : 'Refused';
      if (
        verdict.kind === 'refused' ||
        !PASSING.has(verdict.reason) ||
        tries >= this.#options.mostTries
      ) {
        throw new UnavailableError(
          reason,
          `FinerWorks, /v3/list_images: ${reason}: ${verdict.detail}`,
        );
      }
      const asked = secondsToWait(verdict.retryAfter, Date.now());
      const pause = Math.min(
        asked ?? FIRST_PAUSE_SECONDS * 2 ** (tries - 1),
        LONGEST_PAUSE_SECONDS,
      );
      if (!(await this.#wait(pause * 1_000))) return undefined;
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

function listIn(content: unknown, query: Query): Listed {
  const listed = readList(content, query);
  if (listed !== undefined) return listed;
  throw new UnavailableError(
    'InventoryUnknown',
    'FinerWorks, /v3/list_images: the list of images is not as documented, or not whole',
  );
}
