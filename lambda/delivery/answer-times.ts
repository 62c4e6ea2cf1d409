/** The two calls that the function makes of FinerWorks. */
export type CallKind = 'update' | 'preflight';

/** So long an answer counts, in milliseconds. */
const WINDOW = 600_000;
/** Ten images, as many as go together while calls hang, take no longer than ten times what one takes. */
const TIMES_SLOWEST = 10;
/** Answers come in bursts of slowness: no less than this, in milliseconds. */
const LEAST = 5_000;

interface Slowest {
  readonly took: number;
  readonly at: number;
}

/** How long answers to one account's calls take. Times: milliseconds since 1970, durations in milliseconds. */
export class AnswerTimes {
  readonly #slowest: Partial<Record<CallKind, Slowest>> = {};

  /** A call went through. */
  note(kind: CallKind, took: number, now: number): void {
    const slowest = this.#recent(kind, now);
    if (slowest === undefined || took >= slowest.took) this.#slowest[kind] = { took, at: now };
  }

  /**
   * How long a call of the kind is waited for, where one that takes far longer than others hangs.
   *
   * @param most what it is where nothing is known of such calls, and never more than that
   */
  timeout(kind: CallKind, now: number, most: number): number {
    const slowest = this.#recent(kind, now);
    if (slowest === undefined) return most;
    return Math.min(most, Math.max(LEAST, slowest.took * TIMES_SLOWEST));
  }

  #recent(kind: CallKind, now: number): Slowest | undefined {
    const slowest = this.#slowest[kind];
    return slowest && now - slowest.at < WINDOW ? slowest : undefined;
  }
}
