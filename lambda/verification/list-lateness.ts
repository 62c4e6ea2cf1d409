/** The factor that shortens the known lateness after a list that was in time: lists may be faster again. */
const RECOVERY = 0.9;
/** A shorter lateness counts as none, in milliseconds. */
const LEAST = 500;
/** The least patience where a list shows some of a call's images and not others. */
const MIN_FOR_THE_REST = 3_000;
/** The least patience where a list shows no image of a call as sent. */
const MIN_FOR_ANY = 15_000;
/** The patience while no lateness is known: clients of FinerWorks wait up to 60 s for an upload (docs/finerworks-api.md). */
const UNKNOWN = 120_000;

/** How late the lists of FinerWorks are, as far as one sandbox has seen. Times in milliseconds. */
export class ListLateness {
  #known: number | undefined;

  /** How long to wait before a call is read back. */
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
   * @param wasEarly whether an earlier list did not show it yet
   */
  seen(elapsed: number, wasEarly: boolean): void {
    const late = wasEarly ? elapsed : Math.min(elapsed, this.expected * RECOVERY);
    this.#known = late < LEAST ? 0 : late;
  }

  /**
   * How long a call is read back before an image that is not there counts as not taken.
   *
   * @param isPartThere whether other images of the call are there
   * @param hasTime whether a sandbox that knows no lateness yet may wait long
   */
  patience(isPartThere: boolean, hasTime: boolean): number {
    if (isPartThere) return Math.max(MIN_FOR_THE_REST, 2 * this.expected);
    const unknown = hasTime ? UNKNOWN : MIN_FOR_ANY;
    return this.#known === undefined ? unknown : Math.max(MIN_FOR_ANY, 3 * this.#known);
  }
}
