import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallVerdict, classify } from '../../lambda/finerworks/classify.ts';
import { type ClientSettings, type Request, request } from '../../lambda/finerworks/request.ts';
import { secondsToWait } from '../../lambda/finerworks/retry-after.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import { redactKeys } from '../../lambda/keys/redact-keys.ts';
import { printable } from '../terminal/printable.ts';

/** The most calls of one probe, answered or not. */
export const MAX_CALLS = 60;
/** Of these, so many are kept back for putting images back as they were. */
const KEPT_BACK = 12;
/** FinerWorks may ask for a longer wait; a probe is no reason to wait for an hour. */
const LONGEST_WAIT_SECONDS = 30;
/** As many as the function reads of an answer to an update, and of a list (lambda/finerworks/client.ts). */
const MAX_BYTES = 4 * 1_048_576;

/** Names of headers about limits; only `Retry-After` is a standard. */
const OF_LIMITS = /rate-?limit|^retry-after$|throttl|quota/i;
const MAX_HEADERS = 20;
const SHOWN_OF_HEADER = 100;

/** The probe asks no further: it has no calls left, or Ctrl-C was pressed. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** How a probe calls. */
export interface CallOptions {
  readonly keys: Keys;
  readonly settings: ClientSettings;
  readonly perSecond: number;
  readonly stop: AbortSignal;
  /** Called before each call. */
  readonly onCall: (made: number) => void;
}

/** Makes the calls of one probe, a few a second, and never more than {@link MAX_CALLS}. */
export class Calls {
  readonly #options: CallOptions;
  readonly #milliseconds: number[] = [];
  readonly #limitHeaders = new Map<string, string>();
  #made = 0;
  #most = MAX_CALLS - KEPT_BACK;
  #earliest = 0;
  #stop: AbortSignal | undefined;

  constructor(options: CallOptions) {
    this.#options = options;
    this.#stop = options.stop;
  }

  get made(): number {
    return this.#made;
  }

  /** Headers about limits, in the order in which they were first seen. */
  get limitHeaders(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#limitHeaders);
  }

  /** How long each call took, shortest first. */
  get milliseconds(): readonly number[] {
    return this.#milliseconds.toSorted((one, other) => one - other);
  }

  /** From now on nothing is kept back, and Ctrl-C does not end it: images are put back. */
  useAll(): void {
    this.#most = MAX_CALLS;
    this.#stop = undefined;
  }

  /**
   * Makes one call, as soon as the pace allows.
   *
   * @throws {Ended}
   */
  async make(question: Omit<Request, 'cap' | 'onHeaders'>): Promise<CallVerdict> {
    if (this.#made >= this.#most) throw new Ended(`${this.#most} calls were made by then`);
    const { keys, settings, perSecond, onCall } = this.#options;
    await this.wait((this.#earliest - performance.now()) / 1_000);
    this.#made += 1;
    onCall(this.#made);
    const startedAt = performance.now();
    this.#earliest = startedAt + 1_000 / perSecond;
    const onHeaders = (headers: IncomingHttpHeaders) => this.#keep(headers);
    const answer = await request({ ...question, cap: MAX_BYTES, onHeaders }, keys, settings);
    this.#milliseconds.push(Math.round(performance.now() - startedAt));
    const verdict = classify(answer);
    if (verdict.kind === 'retry') this.#heed(verdict.retryAfter);
    return verdict;
  }

  /** @throws {Ended} on Ctrl-C */
  async wait(seconds: number): Promise<void> {
    if (this.#stop?.aborted) throw new Ended('Ctrl-C');
    if (seconds <= 0) return;
    try {
      await sleep(seconds * 1_000, undefined, this.#stop && { signal: this.#stop });
    } catch (error) {
      if (this.#stop?.aborted) throw new Ended('Ctrl-C');
      throw error;
    }
  }

  #heed(retryAfter: string | null): void {
    const seconds = secondsToWait(retryAfter, Date.now()) ?? 0;
    const until = performance.now() + Math.min(seconds, LONGEST_WAIT_SECONDS) * 1_000;
    this.#earliest = Math.max(this.#earliest, until);
  }

  #keep(headers: IncomingHttpHeaders): void {
    for (const [name, value] of Object.entries(headers)) {
      if (!OF_LIMITS.test(name) || this.#limitHeaders.has(name)) continue;
      if (this.#limitHeaders.size === MAX_HEADERS) return;
      const shown = printable(redactKeys(String(value), this.#options.keys)).slice(
        0,
        SHOWN_OF_HEADER,
      );
      this.#limitHeaders.set(name.slice(0, SHOWN_OF_HEADER), shown);
    }
  }
}
