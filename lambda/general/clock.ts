import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the flow sees it, so that a simulation can run hours in milliseconds. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The real time. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds) => sleep(milliseconds),
};

/** A number from 0 (included) to 1 (excluded), as `Math.random` gives it. */
export type Random = () => number;
