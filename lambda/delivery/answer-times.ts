/** An update or a list. `preflight` stands for every list: of images, of products, and to read back. */
export type CallKind = 'update' | 'preflight';

/** How long an answer counts, in milliseconds. */
const WINDOW = 600_000;
/** While calls hang, ten images go together: they take no longer than ten times what one takes. */
const TIMES_SLOWEST = 10;
/** The shortest timeout, in milliseconds: slow answers come in bursts. */
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
   * How long to wait for a call of the kind; a call that takes far longer than others hangs.
   *
   * @param most the longest, also where nothing is known of such calls
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
