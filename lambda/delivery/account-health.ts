import type { AccountEvidence } from '../evidence/evidence-store.ts';
import { AccountPace } from './account-pace.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

/** A success is written to the table once a minute at most: a hundred accounts cost a hundred writes. */
const WRITE_INTERVAL = 60_000;
/** So many images refused since the last success are remembered: more would decide nothing. */
const MOST_REFUSED = 20;
/** What still waits is refused again within this time: twice the longest delay of a record. */
const REFUSED_WINDOW = 1_800_000;

/** What a sandbox knows of one account. Nothing of it concerns any other. Times: milliseconds since 1970. */
export class AccountHealth {
  readonly circuit = new CircuitBreaker();
  readonly pace = new AccountPace();
  /** What failed last, for the records that are not tried for it. */
  lastFailure = 'nothing was tried yet';
  #lastSuccessAt = 0;
  /** When this sandbox saw an image refused alone last, since the last success. */
  readonly #refusedAt = new Map<string, number>();
  /** Those that another sandbox saw. */
  #refusedElsewhere: ReadonlySet<string> = new Set();
  #writtenAt = 0;
  #isWorthWriting = false;

  /** When an update of the account was last confirmed; 0 for never. */
  get lastSuccessAt(): number {
    return this.#lastSuccessAt;
  }

  /** How many images were refused alone since then, and still wait. */
  refusedImages(now: number): number {
    return this.#refusedElsewhere.union(new Set(this.#recentlyRefused(now))).size;
  }

  /** FinerWorks confirmed an update. */
  confirmed(now: number): void {
    const isNews = this.#refusedAt.size > 0 || now - this.#writtenAt >= WRITE_INTERVAL;
    this.#isWorthWriting ||= isNews;
    this.#lastSuccessAt = now;
    this.#forgetRefused();
    this.circuit.succeeded('update');
    this.circuit.succeeded('refusal');
  }

  /** FinerWorks refused an image alone. */
  refused(guid: string, now: number): void {
    if (!this.#refusedAt.has(guid) && this.#refusedAt.size >= MOST_REFUSED) return;
    this.#isWorthWriting ||= !this.#refusedAt.has(guid);
    this.#refusedAt.set(guid, now);
  }

  /** An image was found to be to blame: its refusal says nothing of the account. */
  blamed(guid: string): void {
    const isNews = this.#refusedAt.delete(guid);
    this.#isWorthWriting ||= isNews;
    this.#refusedElsewhere = this.#refusedElsewhere.difference(new Set([guid]));
  }

  /** What another sandbox saw. */
  learn({ lastSuccessAt, refusedSince }: AccountEvidence): void {
    if (lastSuccessAt > this.#lastSuccessAt) {
      this.#lastSuccessAt = lastSuccessAt;
      this.#forgetRefused();
    }
    if (lastSuccessAt < this.#lastSuccessAt) return;
    this.#refusedElsewhere = new Set(refusedSince.slice(0, MOST_REFUSED));
  }

  /** What other sandboxes should know; undefined where nothing is worth a write. */
  takeEvidence(now: number): AccountEvidence | undefined {
    if (!this.#isWorthWriting) return undefined;
    this.#isWorthWriting = false;
    this.#writtenAt = now;
    return { lastSuccessAt: this.#lastSuccessAt, refusedSince: this.#recentlyRefused(now) };
  }

  /** Only of its own: what others saw and is over by now must not be handed to and fro for ever. */
  #recentlyRefused(now: number): string[] {
    return [...this.#refusedAt].flatMap(([guid, at]) => (now - at < REFUSED_WINDOW ? [guid] : []));
  }

  #forgetRefused(): void {
    this.#refusedAt.clear();
    this.#refusedElsewhere = new Set();
  }
}
