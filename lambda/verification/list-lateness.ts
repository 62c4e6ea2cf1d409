/** What one reading that came late enough leaves of the time before it: lists may be quicker again. */
const RECOVERY = 0.9;
/** Below this a list is not late, in milliseconds. */
const LEAST = 500;
/** A list that shows some of a call's images and not others is given so long, at least. */
const MIN_FOR_THE_REST = 3_000;
/** One that shows nothing of a call, where lists are known to be in time, or there is little time. */
const MIN_FOR_ANY = 15_000;
/** One of which nothing is known: clients of FinerWorks wait for up to 60 s for an upload (docs/finerworks-api.md). */
const UNKNOWN = 120_000;

/** How late the lists of FinerWorks are, as far as one sandbox has seen it. Times in milliseconds. */
export class ListLateness {
  #known: number | undefined;

  /** What is worth waiting for before a call is read back. */
  get expected(): number {
    return this.#known ?? 0;
  }

  get isKnown(): boolean {
    return this.#known !== undefined;
  }

  /**
   * A list showed an update for the first time.
   *
   * @param elapsed since the update was answered
   * @param wasEarly whether another list showed before that it was not there yet
   */
  seen(elapsed: number, wasEarly: boolean): void {
    const late = wasEarly ? elapsed : Math.min(elapsed, this.expected * RECOVERY);
    this.#known = late < LEAST ? 0 : late;
  }

  /**
   * How long a call is read back before what is not there counts as not taken.
   *
   * @param isPartThere whether other images of the call are there
   * @param hasTime whether a sandbox that knows nothing yet may wait for long
   */
  patience(isPartThere: boolean, hasTime: boolean): number {
    if (isPartThere) return Math.max(MIN_FOR_THE_REST, 2 * this.expected);
    const unknown = hasTime ? UNKNOWN : MIN_FOR_ANY;
    return this.#known === undefined ? unknown : Math.max(MIN_FOR_ANY, 3 * this.#known);
  }
}
