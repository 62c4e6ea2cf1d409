import type { Keys } from '../../lambda/finerworks/keys.ts';
import type { StandingValue } from '../oracle/standing-values.ts';
import type { WireCall, WireImage } from './wire.ts';

/** What an answer means, by the knowledge of the one who wrote it. */
export type Meaning = 'applied' | 'refused' | 'transient' | 'badKeys';

/** One call of the function, and what came of it. */
export interface CallRecord {
  /** Milliseconds since 1970, as all times. */
  readonly at: number;
  /** Without what it only sends along. */
  readonly call: WireCall;
  /** What it sends along, as its invocation saw it last. */
  readonly standing: readonly StandingValue[];
  readonly keys: Keys;
  /** What the answer meant; undefined where the process died before it came. */
  meaning?: Meaning;
  answeredAt?: number;
  /** The images that the answer confirms. */
  confirmed?: readonly WireImage[];
  /** Those that it only says were taken, as a list can tell. */
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

/** One look at the inventory, and what came of it. */
export interface LookRecord {
  /** Milliseconds since 1970, as all times. */
  readonly at: number;
  readonly account: string | null;
  readonly guids: readonly string[];
  meaning?: Meaning;
  answeredAt?: number;
  /** Whether it may have been made to see what became of a call. */
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
