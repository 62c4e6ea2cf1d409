import type { Keys } from '../../lambda/keys/keys.ts';
import type { WireCall, WireImage } from './wire.ts';

/** What an answer means, as its writer knows it. */
export type Meaning = 'applied' | 'refused' | 'transient' | 'badKeys';

/** A value that a call sends although no event of its batch asks for it: as FinerWorks has it. */
export interface StandingValue {
  /** Guid and field. */
  readonly key: string;
  readonly guid: string;
  readonly value: string;
  /** When the list call began that showed it, or the call that set it; milliseconds since 1970. */
  readonly seenAt: number;
}

/** One call of the function, and its result. */
export interface CallRecord {
  /** Milliseconds since 1970, as all times. */
  readonly at: number;
  /** Without what it only sends along. */
  readonly call: WireCall;
  /** What it sends along, as its invocation saw it last. */
  readonly standing: readonly StandingValue[];
  readonly keys: Keys;
  /** After how many milliseconds without an answer it is given up; unset: `callTimeoutSeconds`. */
  readonly givenUpAfter?: number;
  /** How often its invocation had noted something on messages: the same within one part of a batch. */
  readonly part?: number;
  /** What the answer meant; undefined where the process died before it came. */
  meaning?: Meaning;
  answeredAt?: number;
  /** The images that the answer confirms. */
  confirmed?: readonly WireImage[];
  /** Those that it says were taken, and were not; a list shows that. */
  claimed?: readonly WireImage[];
  /** Whether a kept-alive connection turned out to be closed. */
  isReset?: boolean;
  /** Whether there was no answer in time. */
  isTimedOut?: boolean;
  /** Whether it was refused although nothing is wrong with it. */
  isContractWrong?: boolean;
  /** Whether it sends what lists show of its images, to see whether that is taken. */
  isControl?: boolean;
  /** What `Retry-After` asked for, in milliseconds from the answer. */
  retryAfter?: number;
}

/** One list call, and its result. */
export interface ListRecord {
  /** Milliseconds since 1970, as all times. */
  readonly at: number;
  readonly account: string | null;
  readonly guids: readonly string[];
  /** After how many milliseconds without an answer it is given up; unset: `callTimeoutSeconds`. */
  readonly givenUpAfter?: number;
  meaning?: Meaning;
  answeredAt?: number;
  /** Whether it may have been made to read a call back. */
  isReading?: boolean;
  /** Whether there was no answer in time. */
  isTimedOut?: boolean;
  /** Whether a kept-alive connection turned out to be closed. */
  isReset?: boolean;
  /** The images that the answer shows, as it shows them. */
  shown?: readonly WireImage[];
  /** What `Retry-After` asked for, in milliseconds from the answer. */
  retryAfter?: number;
}
