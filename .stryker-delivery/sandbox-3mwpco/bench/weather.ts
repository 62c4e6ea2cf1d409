// @ts-nocheck
import { setTimeout as sleep } from 'node:timers/promises';
import { FAULTS } from '../local/finerworks/faults.ts';
import type { Interception } from '../local/finerworks/stand-in.ts';
import { SeededRandom } from '../simulation/world/random.ts';

/** How FinerWorks answers in the benchmarks; how it really does, nobody has measured. */
export const LATENCY = { usual: 0.2, slow: 2, slowShare: 0.05 } as const;

/** Seconds that an answer takes, on average, to the millisecond. */
export const MEAN_LATENCY =
  Math.round((LATENCY.usual * (1 - LATENCY.slowShare) + LATENCY.slow * LATENCY.slowShare) * 1_000) /
  1_000;

/** What the weather has seen. */
export interface Traffic {
  /** Requests that are under way, and the most that ever were. */
  now: number;
  most: number;
  /** Requests that were answered in earnest, and the seconds that it took. */
  answers: number;
  seconds: number;
}

/** Before the first request. */
export function noTraffic(): Traffic {
  return { now: 0, most: 0, answers: 0, seconds: 0 };
}

/**
 * The stand-in's patience and moods, the same for the n-th request of every run with this seed.
 *
 * @param options.throttledShare of requests that are answered 429, at once
 */
export function weather(options: {
  readonly seed: string;
  readonly throttledShare: number;
  readonly traffic: Traffic;
}): Interception {
  const { seed, throttledShare, traffic } = options;
  const random = new SeededRandom(seed);
  return async (request, response, proceed) => {
    traffic.now += 1;
    traffic.most = Math.max(traffic.most, traffic.now);
    response.once('close', () => {
      traffic.now -= 1;
    });
    const isThrottled = random.chance(throttledShare);
    const seconds = random.chance(LATENCY.slowShare) ? LATENCY.slow : LATENCY.usual;
    if (isThrottled) return await FAULTS['throttle-silently'](request, response, proceed);
    traffic.answers += 1;
    traffic.seconds += seconds;
    await sleep(seconds * 1_000);
    proceed();
  };
}
