import type { SeededRandom } from '../world/random.ts';

/** How one batch request goes. */
export interface BatchFate {
  /** How many of the entries take effect: a share of them, by their position. */
  readonly takes: (position: number) => boolean;
  /** Undefined where the answer is an error. */
  readonly error: Error | undefined;
  /** Until it is answered, in milliseconds. */
  readonly duration: number;
  /** Whether anything went wrong. */
  readonly isTroubled: boolean;
}

/** Two attempts of the SDK, each given up after 3 s, and the pause between them. */
export const STALL = 6_200;

const ALL = () => true;
const NONE = () => false;

/** An error as the SDK throws it. */
export function serviceError(name: string): Error {
  return Object.assign(new Error(`${name}, says the simulation`), { name });
}

/**
 * Draws how a batch request goes: all, some or none confirmed, an error before any effect, or an
 * error after all of it.
 *
 * @param trouble the probability that something goes wrong
 * @param isDown whether nothing is taken at all
 */
export function drawFate(random: SeededRandom, trouble: number, isDown: boolean): BatchFate {
  const duration = random.between(5, 60);
  const stalled = random.chance(0.1) ? STALL : duration;
  if (isDown) {
    return {
      takes: NONE,
      error: serviceError('TimeoutError'),
      duration: stalled,
      isTroubled: true,
    };
  }
  if (!random.chance(trouble)) return { takes: ALL, error: undefined, duration, isTroubled: false };
  const taken = new Set(Array.from({ length: 10 }, (_, at) => at).filter(() => random.chance(0.5)));
  return random.pick<BatchFate>([
    { takes: (at) => taken.has(at), error: undefined, duration, isTroubled: true },
    { takes: (at) => taken.has(at), error: undefined, duration, isTroubled: true },
    { takes: NONE, error: undefined, duration, isTroubled: true },
    { takes: NONE, error: serviceError('ServiceUnavailable'), duration: stalled, isTroubled: true },
    { takes: ALL, error: serviceError('TimeoutError'), duration: stalled, isTroubled: true },
  ]);
}
