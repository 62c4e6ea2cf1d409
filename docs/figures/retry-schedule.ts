import type { TopLevelSpec } from 'vega-lite';
import { Config } from '../../lambda/config.ts';
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

/** Two panels: how long a record stays hidden after each receive, and how long all of it lasts. */
export function retrySchedule(): TopLevelSpec {
  const all = receives(Config.shape.maxReceiveCount.parse(undefined));
  const band = (low: string, high: string, titles: { x: string; y: string }) =>
    ({
      width: 320,
      height: 240,
      mark: { type: 'area', line: true, opacity: 0.35 },
      encoding: {
        x: { field: 'receive', type: 'quantitative', title: titles.x },
        y: { field: low, type: 'quantitative', title: titles.y },
        y2: { field: high },
      },
    }) as const;
  return {
    background: 'white',
    hconcat: [
      {
        data: { values: all.slice(0, 12) },
        title: 'Hidden after each receive',
        ...band('shortest', 'longest', { x: 'receive', y: 'minutes, least to most' }),
      },
      {
        data: { values: all },
        title: 'When each receive happens, in an endless outage',
        ...band('earliest', 'latest', { x: 'receive', y: 'hours since the first receive' }),
      },
    ],
  };
}
