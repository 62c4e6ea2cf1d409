import { AnswerTimes, type CallKind } from '../delivery/answer-times.ts';
import type { AccountEvidence } from '../evidence/evidence-store.ts';
import { BoundedMap } from '../general/bounded-map.ts';
import { AccountPace } from './account-pace.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

/** How often a success is written to the table, in milliseconds: a hundred accounts cost a hundred writes. */
const WRITE_INTERVAL = 60_000;
/** The most images refused since the last success that are remembered: more would decide nothing. */
export const MAX_REFUSED = 20;
/** How long a refusal counts: a half-open circuit tries one image in five minutes, and these must add up. */
const REFUSED_WINDOW = 7_200_000;
/** How often other sandboxes learn that images are still refused: long before these stop to count. */
const REFUSED_INTERVAL = REFUSED_WINDOW / 4;

/** Images that go together where one in some dozens makes a call hang: with more, most calls would hang. */
const FEW_TOGETHER = 10;
/** How long a success shows that the images are the cause and not the account; in milliseconds. */
export const RECENTLY = 600_000;
/** The factor by which each call that goes through raises that number. */
const GROWTH = 1.1;
/** More than any call takes. */
const ALL_TOGETHER = 1_000;

/** What a sandbox knows about one account, and about no other. Times: milliseconds since 1970. */
export class AccountHealth {
  readonly circuit = new CircuitBreaker();
  readonly pace = new AccountPace();
  readonly answerTimes = new AnswerTimes();
  /** The last failure, for the records that are not tried because of it. */
  lastFailure = 'nothing was tried yet';
  #lastSuccessAt = 0;
  /** By guid: when this sandbox last saw it refused alone, since the last success. */
  readonly #refusedAt = new Map<string, number>();
  /** The same from other sandboxes. */
  #refusedElsewhere: ReadonlyMap<string, number> = new Map();
  /** By guid: when the image was found to be to blame, since the last success. */
  #blamedAt = new BoundedMap<string, number>(MAX_REFUSED);
  #writtenAt = 0;
  #isWorthWriting = false;
  #together = ALL_TOGETHER;

  /** When an update of the account was last confirmed; 0 for never. */
  get lastSuccessAt(): number {
    return this.#lastSuccessAt;
  }

  /** How many images were refused alone since then, and are not decided. */
  refusedImages(now: number): number {
    return this.#recentlyRefused(now).length;
  }

  /** How many images may go together: fewer while single ones make calls hang. */
  get imagesTogether(): number {
    return Math.floor(this.#together);
  }

  /** Whether a call hung lately, perhaps because of its images. */
  get isHanging(): boolean {
    return this.#together < ALL_TOGETHER;
  }

  /** A call ran into its timeout. Where the account works otherwise, one of the images may be the cause. */
  hung(now: number): void {
    if (now - this.#lastSuccessAt < RECENTLY) this.#together = FEW_TOGETHER;
  }

  /** A call of several images went through: the next one may be larger. */
  wentThrough(): void {
    this.#together = Math.min(ALL_TOGETHER, this.#together * GROWTH);
  }

  /** FinerWorks answered a call. */
  answered(kind: CallKind, now: number): void {
    // After an outage, smaller calls are not needed any more.
    if (this.circuit.state(now) !== 'closed') this.#together = ALL_TOGETHER;
    this.circuit.succeeded(kind);
    this.pace.recover();
  }

  /** FinerWorks confirmed an update. */
  confirmed(now: number): void {
    const isNews = this.#refusedAt.size > 0 || now - this.#writtenAt >= WRITE_INTERVAL;
    this.#isWorthWriting ||= isNews;
    this.#lastSuccessAt = now;
    this.#refusedAt.clear();
    this.#refusedElsewhere = new Map();
    this.#blamedAt = new BoundedMap(MAX_REFUSED);
    this.circuit.succeeded('update');
    this.circuit.succeeded('refusal');
  }

  /** FinerWorks refused an image alone. */
  refused(guid: string, now: number): void {
    const isKnown = this.#refusedAt.delete(guid);
    this.#isWorthWriting ||= !isKnown || now - this.#writtenAt >= REFUSED_INTERVAL;
    // Last in the map, so that the image that was refused longest ago is dropped first.
    this.#refusedAt.set(guid, now);
    const [oldest] = this.#refusedAt.keys();
    if (this.#refusedAt.size > MAX_REFUSED && oldest !== undefined) this.#refusedAt.delete(oldest);
  }

  /** An image was found to be to blame: its refusal says nothing about the account. */
  blamed(guid: string, now: number): void {
    const isNews = this.#refusedAt.delete(guid);
    this.#isWorthWriting ||= isNews;
    this.#blamedAt.set(guid, now);
    this.#refusedElsewhere = this.#stillRefused(this.#refusedElsewhere);
  }

  /** Adds what other sandboxes saw. */
  learn({ lastSuccessAt, refusedSince }: AccountEvidence): void {
    this.#lastSuccessAt = Math.max(this.#lastSuccessAt, lastSuccessAt);
    for (const [guid, at] of this.#refusedAt) {
      if (at <= lastSuccessAt) this.#refusedAt.delete(guid);
    }
    this.#refusedElsewhere = this.#stillRefused(refusedSince.map(({ guid, at }) => [guid, at]));
  }

  /** Whether there is something that other sandboxes should know. */
  get hasNews(): boolean {
    return this.#isWorthWriting;
  }

  /** What other sandboxes should know, with what they saw; undefined where nothing is worth a write. */
  takeEvidence(now: number): AccountEvidence | undefined {
    if (!this.#isWorthWriting) return undefined;
    this.#isWorthWriting = false;
    this.#writtenAt = now;
    return { lastSuccessAt: this.#lastSuccessAt, refusedSince: this.#recentlyRefused(now) };
  }

  /** The images refused last, oldest first. Each counts from its own refusal, whichever sandbox saw it. */
  #recentlyRefused(now: number): { guid: string; at: number }[] {
    const lastAt = new Map(this.#refusedElsewhere);
    for (const [guid, at] of this.#refusedAt) lastAt.set(guid, Math.max(at, lastAt.get(guid) ?? 0));
    return [...lastAt]
      .flatMap(([guid, at]) => (now - at < REFUSED_WINDOW ? [{ guid, at }] : []))
      .toSorted((a, b) => a.at - b.at)
      .slice(-MAX_REFUSED);
  }

  /** Images refused since the last success, and since they were found to be to blame. */
  #stillRefused(refusedAt: Iterable<readonly [string, number]>): Map<string, number> {
    return new Map(
      [...refusedAt].filter(
        ([guid, at]) => at > this.#lastSuccessAt && at > (this.#blamedAt.get(guid) ?? 0),
      ),
    );
  }
}
