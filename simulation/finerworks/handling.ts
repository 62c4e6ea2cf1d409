import type { Answer } from '../../lambda/finerworks/answer.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import type { Readings } from '../../local/finerworks/readings.ts';
import type { ApiHabits } from '../scenario.ts';
import type { Conditions } from '../world/conditions.ts';
import type { SeededRandom } from '../world/random.ts';
import { resetAnswer, throttledAnswer } from './answers.ts';
import type { Meaning } from './call-record.ts';
import {
  type Disturbance,
  type DisturbedCall,
  disturbanceOf,
  disturbedAnswer,
} from './disturbance.ts';
import type { Library } from './library.ts';
import type { WireImage } from './wire.ts';

/** What FinerWorks knows, and how it behaves at the moment. */
export interface ApiWorld {
  readonly now: () => number;
  readonly conditions: Conditions;
  readonly accepts: (keys: Keys) => boolean;
  readonly library: Library;
  readonly disturbances: readonly Disturbance[];
  readonly readings: Readings;
}

/** An answer and what it means. */
export interface Said {
  readonly meaning: Meaning;
  readonly answer: Answer;
  /** What `Retry-After` asks for, in milliseconds. */
  readonly retryAfter?: number;
  /** Milliseconds from the call's start; unset: what is usual. */
  readonly answersAfter?: number;
}

/** What FinerWorks makes of a call. All durations in milliseconds from the call's start. */
export interface Handling extends Said {
  readonly answersAfter: number;
  /** What is written, and when: it may be long after the answer, or without one. */
  readonly applies: readonly WireImage[];
  readonly appliesAfter: number;
  /** What the answer confirms: it was taken, or no list could show that it was not. */
  readonly confirms: readonly WireImage[];
  /** What the answer says was taken, and was not; a list shows that. */
  readonly claims?: readonly WireImage[];
  /** Whether everything is refused at the moment, whatever it is. */
  readonly isContractWrong?: boolean;
}

/** The result of a list call. */
export interface Listing extends Said {
  readonly answersAfter: number;
  /** The images that the answer shows, with their values. */
  readonly shown: readonly WireImage[];
}

/** A call that is never answered. */
export const NEVER = Number.POSITIVE_INFINITY;

/** How long an answer takes. */
export function latencyOf(
  { latency, isSteady = false }: ApiHabits,
  conditions: Conditions,
  random: SeededRandom,
): number {
  if (isSteady) return latency;
  const isSlow = conditions.is('slow') && random.chance(0.5);
  return random.between(0.2, isSlow ? 30 : 1) * latency;
}

/** Now and then the answer is that it is too fast. @returns undefined where it is not */
export function throttling({ conditions, now }: ApiWorld, random: SeededRandom): Said | undefined {
  if (!conditions.is('throttled') || !random.chance(0.6)) return undefined;
  const seconds = random.pick([undefined, undefined, 0, 1, 10, 120, 3_600]);
  return {
    meaning: 'transient',
    answer: throttledAnswer(seconds, now(), random),
    ...(seconds !== undefined && { retryAfter: seconds * 1_000 }),
  };
}

/** The disturbance of a call, and its kind. @returns undefined where there is none */
export function disturbing(
  call: Omit<DisturbedCall, 'at'>,
  { disturbances, conditions }: ApiWorld,
): (Said & { readonly isContractWrong: boolean }) | undefined {
  const disturbance = disturbanceOf({ ...call, at: conditions.elapsed }, disturbances);
  if (disturbance === undefined) return undefined;
  const answer = disturbedAnswer(disturbance);
  const { how, retryAfterSeconds: seconds } = disturbance;
  const isContractWrong = how === 'refused';
  return {
    meaning: isContractWrong ? 'refused' : 'transient',
    answer: answer ?? resetAnswer,
    isContractWrong,
    ...(answer === undefined && { answersAfter: NEVER }),
    ...(seconds !== undefined && { retryAfter: seconds * 1_000 }),
  };
}
