import { setTimeout as sleep } from 'node:timers/promises';
import { FAULTS } from '../local/finerworks/faults.ts';
import type { Interception } from '../local/finerworks/stand-in.ts';
import { SeededRandom } from '../simulation/world/random.ts';

/** Seconds that FinerWorks takes in the benchmarks; how long it really takes, nobody has measured. */
const DELAY = { usual: 0.2, slow: 2, slowShare: 0.05 } as const;

/** Seconds that an answer takes, on average, to the millisecond. */
export const MEAN_DELAY =
  Math.round((DELAY.usual * (1 - DELAY.slowShare) + DELAY.slow * DELAY.slowShare) * 1_000) / 1_000;

/** The delays, as the documents say them. */
export const DELAYS_IN_WORDS = `the stand-in answers after ${DELAY.usual} s, and ${DELAY.slowShare * 100} % of the calls after ${DELAY.slow} s`;

/** What was answered so far. */
interface Traffic {
  /** The most requests that were ever under way. */
  mostAtOnce: number;
  /** Requests that were not throttled, and the seconds that their answers took. */
  answers: number;
  seconds: number;
}

/**
 * Lets the stand-in take its time, and the same for the n-th request of every run with this seed.
 *
 * @param throttledShare of requests that are answered 429, at once
 */
export function answerDelays(
  seed: string,
  throttledShare = 0,
): { readonly intercept: Interception; readonly traffic: Readonly<Traffic> } {
  const traffic: Traffic = { mostAtOnce: 0, answers: 0, seconds: 0 };
  const random = new SeededRandom(seed);
  let underWay = 0;
  const intercept: Interception = async (request, response, proceed) => {
    underWay += 1;
    traffic.mostAtOnce = Math.max(traffic.mostAtOnce, underWay);
    response.once('close', () => {
      underWay -= 1;
    });
    const isThrottled = random.chance(throttledShare);
    const seconds = random.chance(DELAY.slowShare) ? DELAY.slow : DELAY.usual;
    if (isThrottled) return await FAULTS['throttle-silently'](request, response, proceed);
    traffic.answers += 1;
    traffic.seconds += seconds;
    await sleep(seconds * 1_000);
    proceed();
  };
  return { intercept, traffic };
}
