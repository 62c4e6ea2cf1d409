/** A day whose events all come within some hours, at one rate. */
// @ts-nocheck

export interface Day {
  readonly events: number;
  /** In so many hours. */
  readonly hours: number;
  /** Images a second that all invocations together get through. */
  readonly capacity: number;
}

/** What such a day comes to. */
export interface DayOutcome {
  /** Events a second, in those hours. */
  readonly busiest: number;
  /** Seconds that the last of them waits, behind all others. */
  readonly oldestSeconds: number;
  /** Whether all of them are worked off before the next day brings as many. */
  readonly catchesUp: boolean;
}

const DAY_SECONDS = 86_400;

/** What arrives faster than it is worked off waits, first in, first out. */
export function workThrough({ events, hours, capacity }: Day): DayOutcome {
  const seconds = hours * 3_600;
  const busiest = events / seconds;
  const waiting = Math.max(0, busiest - capacity) * seconds;
  return {
    busiest,
    oldestSeconds: waiting / capacity,
    catchesUp: events <= capacity * DAY_SECONDS,
  };
}
