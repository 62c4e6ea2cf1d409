import { delaySeconds } from '../../lambda/queue/visibility.ts';

/** One receive of a record that is returned every time. */
interface Receive {
  readonly receive: number;
  /** Shortest and longest time that the record stays hidden after it, in minutes. */
  readonly shortest: number;
  readonly longest: number;
  /** Hours since the first receive, if chance always chose the shortest or the longest time. */
  readonly earliest: number;
  readonly latest: number;
}

/** Every receive up to the last permitted one, by the function's own schedule. */
export function receives(maxReceiveCount: number): Receive[] {
  const schedule: Receive[] = [];
  let [earliest, latest] = [0, 0];
  for (let receive = 1; receive <= maxReceiveCount; receive += 1) {
    const delay = (chance: number) =>
      delaySeconds(receive, { kind: 'retry', reason: 'ServerError', detail: '' }, () => chance);
    const [shortest, longest] = [delay(0), delay(1)];
    schedule.push({
      receive,
      shortest: shortest / 60,
      longest: longest / 60,
      earliest: earliest / 3_600,
      latest: latest / 3_600,
    });
    earliest += shortest;
    latest += longest;
  }
  return schedule;
}

/** Hours until a record is given up, if chance always chose the shortest time. */
export function hoursOf(maxReceiveCount: number): number {
  return receives(maxReceiveCount).at(-1)?.earliest ?? 0;
}
