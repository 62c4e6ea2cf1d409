// @ts-nocheck
import type { AccountEvidence } from '../evidence/evidence-store.ts';
import { AccountPace } from './account-pace.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

/** A success is written to the table once a minute at most: a hundred accounts cost a hundred writes. */
const WRITE_INTERVAL = 60_000;
/** So many images refused since the last success are remembered: more would decide nothing. */
const MOST_REFUSED = 20;

/** What a sandbox knows of one account. Nothing of it concerns any other. Times: milliseconds since 1970. */
export class AccountHealth {
  readonly circuit = new CircuitBreaker();
  readonly pace = new AccountPace();
  /** What failed last, for the records that are not tried for it. */
  lastFailure = 'nothing was tried yet';
  #lastSuccessAt = 0;
  readonly #refusedSince = new Set<string>();
  #writtenAt = 0;
  #isWorthWriting = false;

  /** When an update of the account was last confirmed; 0 for never. */
  get lastSuccessAt(): number {
    return this.#lastSuccessAt;
  }

  /** How many images were refused alone since then. */
  get refusedImages(): number {
    return this.#refusedSince.size;
  }

  /** FinerWorks confirmed an update. */
  confirmed(now: number): void {
    const isNews = this.#refusedSince.size > 0 || now - this.#writtenAt >= WRITE_INTERVAL;
    this.#isWorthWriting ||= isNews;
    this.#lastSuccessAt = now;
    this.#refusedSince.clear();
    this.circuit.succeeded('update');
    this.circuit.succeeded('refusal');
  }

  /** FinerWorks refused an image alone. */
  refused(guid: string): void {
    if (this.#refusedSince.has(guid) || this.#refusedSince.size >= MOST_REFUSED) return;
    this.#refusedSince.add(guid);
    this.#isWorthWriting = true;
  }

  /** An image was found to be to blame: its refusal says nothing of the account. */
  blamed(guid: string): void {
    const isNews = this.#refusedSince.delete(guid);
    this.#isWorthWriting ||= isNews;
  }

  /** What other sandboxes saw. */
  learn({ lastSuccessAt, refusedSince }: AccountEvidence): void {
    if (lastSuccessAt > this.#lastSuccessAt) {
      this.#lastSuccessAt = lastSuccessAt;
      this.#refusedSince.clear();
    }
    if (lastSuccessAt < this.#lastSuccessAt) return;
    for (const guid of refusedSince.slice(0, MOST_REFUSED)) this.#refusedSince.add(guid);
  }

  /** What other sandboxes should know; undefined where nothing is worth a write. */
  takeEvidence(now: number): AccountEvidence | undefined {
    if (!this.#isWorthWriting) return undefined;
    this.#isWorthWriting = false;
    this.#writtenAt = now;
    return { lastSuccessAt: this.#lastSuccessAt, refusedSince: [...this.#refusedSince] };
  }
}
