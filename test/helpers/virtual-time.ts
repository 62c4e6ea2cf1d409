import type { Clock } from '../../lambda/general/clock.ts';

/** A clock that stands still but for sleeping, and remembers how long was slept. */
export interface VirtualTime extends Clock {
  readonly slept: number[];
  advance(milliseconds: number): void;
}

/** @param start milliseconds since 1970 */
export function virtualTime(start = Date.parse('2026-11-23T10:00:00Z')): VirtualTime {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}
