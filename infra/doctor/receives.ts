import { delaySeconds } from '../../lambda/settlement/visibility.ts';

/** One receive of a record that fails every time. */
interface Receive {
  readonly receive: number;
  /** Shortest and longest time that the record stays hidden after it, in minutes. */
  readonly shortest: number;
  readonly longest: number;
  /** Hours since the first receive, if chance always chose the shortest or the longest time. */
  readonly earliest: number;
  readonly latest: number;
}

/**
 * Every receive until the record is given up, by the function's own schedule.
 *
 * @param retryHours after the first receive, when it is given up
 */
export function receives(retryHours: number): Receive[] {
  const schedule: Receive[] = [];
  let [earliest, latest] = [0, 0];
  for (let receive = 1; earliest < retryHours * 3_600; receive += 1) {
    const delay = (chance: number) =>
      delaySeconds(receive, { kind: 'retry', reason: 'ServerError', detail: '' }, () => chance);
    const [shortest, longest] = [delay(0), delay(1)];
    schedule.push({
      receive,
      shortest: shortest / 60,
      longest: longest / 60,
      earliest: earliest / 3_600,
      latest: Math.min(latest / 3_600, retryHours),
    });
    earliest += shortest;
    latest += longest;
  }
  return schedule;
}

/** The least and the most receives of a record that fails every time. */
export function receivesWithin(retryHours: number): {
  readonly fewest: number;
  readonly most: number;
} {
  const all = receives(retryHours);
  return { fewest: all.filter(({ latest }) => latest < retryHours).length, most: all.length };
}
