import type { Scenario } from '../scenario.ts';
import type { SeededRandom } from '../world/random.ts';

/** A kind of world that was seen to go wrong: at its full size by name, and small ones by chance. */
export interface WorldKind {
  readonly name: string;
  /** What happens in it, for people. */
  readonly about: string;
  /** Full size, in the order of the table of docs/simulation.md. */
  readonly variants: readonly Variant[];
  /**
   * Makes a world of the kind that costs no more than any other.
   *
   * @param usual what the world would be without
   */
  readonly small: (usual: Scenario, random: SeededRandom) => Scenario;
}

/** A world of full size, and what must become of it. */
export interface Variant {
  readonly name: string;
  readonly scenario: Scenario;
  /** The same traffic, to compare with; unset: without disturbances, killers and bad lists. */
  readonly baseline?: Scenario;
  readonly bounds: Bounds;
}

/** Why a stream's events may be dead-lettered, and when. */
export interface ExpectedDeadLetters {
  readonly reason: string;
  /** What stood in the way at last: one of these. */
  readonly lastReasons?: readonly string[];
  /** From sending to the dead-letter queue. */
  readonly withinMinutes?: number;
}

/** What must come of a world. Streams are known by their names. */
export interface Bounds {
  /** Of these each event is applied. */
  readonly applied?: readonly string[];
  /** Of these each event is dead-lettered, and so. */
  readonly deadLettered?: Readonly<Record<string, ExpectedDeadLetters>>;
  /** Median from sending to confirmation, as a multiple of the undisturbed one's. */
  readonly timesUndisturbed?: Readonly<Record<string, number>>;
  /** 95 of 100 events are confirmed within so many seconds. */
  readonly p95Seconds?: Readonly<Record<string, number>>;
  /** Each event is confirmed within so many minutes. */
  readonly withinMinutes?: Readonly<Record<string, number>>;
  /** All that is applied is so within so many minutes after the trouble. */
  readonly recoveryMinutes?: number;
  /**
   * What the backlog after the trouble needs is all that is called then, and one for each circuit: the
   * image that a half-open one is tried with. There is no slack in it, and there need be none.
   */
  readonly leanRecovery?: boolean;
  /** Until all is applied, as a multiple of calls x latency / calls at once, or of the traffic's time. */
  readonly timesCallTime?: number;
  /** Looks whose images are not updated in the same invocation. */
  readonly listsInVain?: number;
  /** Updates, as a multiple of the baseline's. */
  readonly timesUpdates?: number;
}
