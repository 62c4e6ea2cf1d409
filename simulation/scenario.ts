import type { ReadingName } from '../local/finerworks/readings.ts';
import type { Disturbance } from './finerworks/disturbance.ts';
import type { Stream } from './producer/stream.ts';

/** Something that lasts for a while. */
interface Period {
  readonly kind: PeriodKind;
  /** Milliseconds since the beginning of the run. */
  readonly from: number;
  readonly until: number;
}

export const PERIOD_KINDS = [
  /** FinerWorks is down. */
  'down',
  /** FinerWorks asks for a slower pace. */
  'throttled',
  /** FinerWorks answers late, often after the call's timeout. */
  'slow',
  /** FinerWorks refuses everything, as after a change of its contract or a wrong address. */
  'contractWrong',
  /** Secrets Manager is down. */
  'secretsDown',
  /** The dead-letter queue takes nothing. */
  'deadLettersDown',
  /** The ledger can be neither read nor written. */
  'ledgerDown',
] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** Probabilities of single mishaps; 0 in most seeds, so that each seed is about a few of them. */
export interface Troubles {
  /** At each call to the outside world the process dies. */
  readonly dying: number;
  /** A sandbox is replaced between two invocations. */
  readonly retiring: number;
  /** A receive brings a message that is already in flight. */
  readonly duplicates: number;
  /** A deleted message comes back, or its deletion is lost. */
  readonly ghosts: number;
  /** A batch request to the dead-letter queue, or for visibility, goes wrong. */
  readonly deadLetters: number;
  readonly visibility: number;
  /** A request that tells outcomes goes wrong. */
  readonly outcomes: number;
  /** A request to the ledger goes wrong, perhaps after its effect. */
  readonly ledger: number;
  /** A call to FinerWorks goes wrong, mostly with an unknown effect. */
  readonly calls: number;
  /** A call leaves out of its answer an image that it did not update, although it could. */
  readonly forgetting: number;
}

/** Everything that is decided before a run begins. */
export interface Scenario {
  /** When the troubles end, in milliseconds since the beginning. */
  readonly healedAt: number;
  readonly periods: readonly Period[];
  readonly troubles: Troubles;
  /** When keys are rotated, in milliseconds since the beginning. */
  readonly rotations: readonly number[];
  readonly settings: Settings;
  /**
   * Milliseconds until pollers that found nothing poll again, unless something becomes visible again
   * sooner. SQS would answer at once; in a world of many hours that takes too many polls.
   */
  readonly idleInterval: number;
  /** Pollers that found nothing are woken by a new message: for worlds that are about time. */
  readonly isAttentive?: boolean;
  /**
   * Pollers that gather side by side, as Lambda's do, and wait for a place among `maxConcurrency` with what
   * they have: for worlds that are about batches. Unset: each place gathers for itself.
   */
  readonly pollers?: number;
  readonly producer: ProducerHabits;
  /** Plain events on a plan, instead of what the producer would invent. */
  readonly streams?: readonly Stream[];
  readonly finerworks: ApiHabits;
  /** What FinerWorks does to some calls for a while. */
  readonly disturbances?: readonly Disturbance[];
  /** Milliseconds that a request takes which tells outcomes; none unless set. */
  readonly outcomeRequest?: number;
  /** Which records kill the process that touches them. */
  readonly killer?: Killer;
}

/** A record whose processing ends the process, as memory that runs out does. */
export interface Killer {
  /** How the guids of its images begin. */
  readonly prefix: string;
  /** Whether it happens while its body is read, or when a call with its image is made. */
  readonly when: 'reading' | 'calling';
}

/** What the stack would set. */
export interface Settings {
  readonly maxImagesPerCall: number;
  readonly maxBytesPerCall: number;
  readonly maxReceiveCount: number;
  readonly retryHours: number;
  readonly retentionHours: number;
  readonly maxRetryAfterSeconds: number;
  readonly maxConcurrency: number;
  readonly callsAtOnce: number;
  readonly callTimeoutSeconds: number;
  readonly callsPerSecond: number | undefined;
  readonly maxIsolationCalls: number;
  readonly systemicRefusalImages: number;
  readonly newImageSeconds: number;
  readonly keysCacheSeconds: number;
  readonly timeoutSeconds: number;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly ledger: boolean;
  readonly unchangedDays: number;
  readonly clockAheadMinutes: number;
  readonly maxTimeAgeYears: number;
  readonly virtualInventory: 'protect' | 'remove';
  readonly verify: 'all' | 'sample' | 'off';
  readonly omittedFields: 'complete' | 'omit';
}

export interface ProducerHabits {
  readonly events: number;
  /** How many images there are to change; few of them make much to coalesce. */
  readonly images: number;
  readonly imagesPerEvent: number;
  readonly invalid: number;
  readonly redriven: number;
  /** The same event is published in two messages. */
  readonly twice: number;
  /** Texts that FinerWorks refuses. */
  readonly badTexts: number;
  /** Images that FinerWorks does not know. */
  readonly badImages: number;
  /** Texts come from a few, so that an image is set to what it was before. */
  readonly fewTexts: boolean;
  /** Events that are to be sent whatever is there. */
  readonly forced: number;
  /** Events that allow the removal of virtual inventory products. */
  readonly removing: number;
  readonly manyAccounts: boolean;
  /** Texts have blanks at their ends, entities in them, or are long. */
  readonly oddTexts?: boolean;
  /** All is sent within so many milliseconds. */
  readonly duration: number;
}

export interface ApiHabits {
  /** The newer host lists the images that it updated and leaves out the others. */
  readonly listsImages: boolean;
  /** Largest body that is taken, in bytes. */
  readonly maxBytes: number;
  /** Milliseconds that an answer takes at most; a fifth of it at least. */
  readonly latency: number;
  /** Each answer takes just `latency`: for worlds that are about time. */
  readonly isSteady?: boolean;
  /** What refusals say about the images: anything unless set. */
  readonly refusals?: 'mute' | 'namesFirst';
  readonly lists?: ListHabits;
  /** How what is not documented is read: as the product would wish unless set. */
  readonly reading?: ReadingHabits;
  /** How many images are in the inventory library. */
  readonly inventory: number;
  /** How many of those have products: half of them unless set. */
  readonly withProducts?: number;
}

/** What FinerWorks does where its documentation leaves it open. */
interface ReadingHabits {
  readonly names: readonly ReadingName[];
  /** Milliseconds by which lists are late, where that is one of the names. */
  readonly listLag: number;
}

/** How `list_images` misleads, for a while. */
export interface ListHabits {
  /** Milliseconds since the beginning, from which on lists are whole and up to date. */
  readonly until: number;
  /** Milliseconds by which lists lag behind updates. */
  readonly lag?: number;
  /** At most so many images are shown, and `per_page` and `count` say that there are more. */
  readonly perPage?: number;
  /** An image is shown twice, the second time without its products. */
  readonly repeats?: boolean;
}
