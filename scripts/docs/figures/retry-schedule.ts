import type { TopLevelSpec } from 'vega-lite';
import { receives } from '../../../infra/doctor/receives.ts';
import { Config } from '../../../lambda/config.ts';

/** Two panels of a record whose calls all fail: how long it stays hidden, and how long all of it lasts. */
export function retrySchedule(): TopLevelSpec {
  const all = receives(Config.shape.retryHours.parse(undefined));
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
        title: 'Hidden after each failure',
        ...band('shortest', 'longest', { x: 'failures', y: 'minutes, least to most' }),
      },
      {
        data: { values: all },
        title: 'Received until retryHours, if every call fails',
        ...band('earliest', 'latest', { x: 'receive', y: 'hours since the first receive' }),
      },
    ],
  };
}
