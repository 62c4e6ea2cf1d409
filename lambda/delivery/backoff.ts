import type { Random } from '../general/clock.ts';

/** First step and longest, in milliseconds. */
const BASE = 500;
const CAP = 8_000;

/**
 * Full jitter: a random share of a time that doubles with each failure, so that callers that
 * failed together do not come back together (AWS Builders' Library: timeouts, retries and backoff
 * with jitter).
 *
 * @param failures how often the call has failed, 1 or more
 * @returns milliseconds
 */
export function fullJitter(failures: number, random: Random): number {
  return random() * Math.min(CAP, BASE * 2 ** (failures - 1));
}
