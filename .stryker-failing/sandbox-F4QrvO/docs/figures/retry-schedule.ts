// @ts-nocheck
import type { TopLevelSpec } from 'vega-lite';
import { receives } from '../../infra/doctor/receives.ts';
import { Config } from '../../lambda/config.ts';

/** Two panels: how long a record stays hidden after each receive, and how long all of it lasts. */
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
