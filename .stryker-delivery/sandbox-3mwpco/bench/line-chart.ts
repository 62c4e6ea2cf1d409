// @ts-nocheck
import type { TopLevelSpec } from 'vega-lite';

interface Axis {
  readonly field: string;
  readonly title: string;
  /** Linear where it is left out. */
  readonly scale?: 'log';
}

/** A line a series, with its points. */
export function lineChart(chart: {
  readonly values: readonly Readonly<Record<string, string | number>>[];
  readonly x: Axis;
  readonly y: Axis;
  readonly series: string;
  /** What is told apart by the line's dashes. */
  readonly dashes?: string;
}): TopLevelSpec {
  const { values, series, dashes } = chart;
  const axis = ({ field, title, scale }: Axis) =>
    ({ field, title, type: 'quantitative', scale: { type: scale ?? 'linear' } }) as const;
  return {
    background: 'white',
    width: 420,
    height: 240,
    data: { values: [...values] },
    mark: { type: 'line', point: true },
    encoding: {
      x: axis(chart.x),
      y: axis(chart.y),
      color: { field: series, type: 'nominal', title: null, sort: null },
      ...(dashes && { strokeDash: { field: dashes, type: 'nominal', title: null } }),
    },
  };
}
