import type { Sample } from './alarms.ts';

/** The same value every so many minutes, from one minute to another. */
export function every(step: number, from: number, to: number, value: number): Sample[] {
  const count = Math.floor((to - from) / step) + 1;
  return Array.from({ length: count }, (_, at) => ({ minute: from + at * step, value }));
}

/** The delays of a record that fails, in minutes, when its random part is greatest (docs/retries.md). */
const FIRST_DELAYS = [0.5, 1, 2, 4, 8];
const LONGEST_DELAY = 15;
/** The batching window and the invocation itself. */
const TAKEN = 0.5;

/**
 * The minutes at which a record that fails comes back.
 *
 * @param minutes how long it fails
 * @param jitter from 0 to 1, for each return, again from the start where there are more
 */
export function returns(minutes: number, jitter: readonly number[] = [1]): number[] {
  const moments: number[] = [];
  for (let at = 0, nth = 0; at <= minutes; nth += 1) {
    moments.push(at);
    const longest = FIRST_DELAYS[nth] ?? LONGEST_DELAY;
    at += TAKEN + (longest / 2) * (1 + (jitter[nth % jitter.length] ?? 1));
  }
  return moments;
}
