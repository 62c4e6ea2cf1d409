// @ts-nocheck
import type { TopLevelSpec } from 'vega-lite';
import { spreadOf } from '../statistics.ts';
import type { RunFigures } from './measure-run.ts';
import type { RaceResult } from './result.ts';

/** Calls of update_images: a bar a contender, a panel a workload. */
export function callsChart(result: RaceResult): TopLevelSpec {
  return panels(result, 'calls of update_images', ({ updateCalls }) => updateCalls);
}

/** Seconds until the last change is in place. */
export function secondsChart(result: RaceResult): TopLevelSpec {
  return panels(result, 'seconds until the last change is in place', ({ seconds }) => seconds);
}

/** Logarithmic, because contenders differ by a factor of fifty. */
function panels(
  { runs, changedImages }: RaceResult,
  title: string,
  value: (figures: RunFigures) => number,
): TopLevelSpec {
  const values = runs.map(({ workload, contender, figures }) => ({
    workload,
    contender: contender.replaceAll('`', ''),
    value: spreadOf(figures.map(value)).median,
    isOurs: contender.startsWith('this product'),
  }));
  return {
    background: 'white',
    data: { values },
    facet: {
      row: { field: 'workload', type: 'nominal', title: null, sort: Object.keys(changedImages) },
    },
    spec: {
      width: 420,
      height: { step: 16 },
      mark: 'bar',
      encoding: {
        y: {
          field: 'contender',
          type: 'nominal',
          title: null,
          sort: values.map(({ contender }) => contender),
        },
        x: { field: 'value', type: 'quantitative', title, scale: { type: 'log' } },
        color: {
          field: 'isOurs',
          type: 'nominal',
          legend: null,
          scale: { domain: [true, false], range: ['#1b7f5c', '#b0b7c3'] },
        },
      },
    },
  };
}
