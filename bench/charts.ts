import type { TopLevelSpec } from 'vega-lite';

const WIDTH = 420;
/** Two colours that are told apart on white and on black, and without seeing red or green. */
const OURS_AND_OTHERS = ['#1b8f6a', '#8b949e'];

interface Axis {
  readonly field: string;
  readonly title: string;
  /** Linear where it is left out. */
  readonly scale?: 'log';
}

/** Values of one contender, as its dot shows them. */
export interface Dot {
  readonly panel: string;
  readonly contender: string;
  readonly value: number;
  readonly isOurs: boolean;
}

/**
 * A dot a contender and a panel a workload, on a logarithmic axis: contenders differ by a factor of
 * fifty, and such an axis has no zero that a bar could begin at.
 */
export function dotChart(title: string, dots: readonly Dot[]): TopLevelSpec {
  const all = dots.map(({ value }) => value);
  const panels = Object.entries(Object.groupBy(dots, ({ panel }) => panel));
  return {
    spacing: 16,
    vconcat: panels.map(([panel, values = []]) => ({
      title: { text: panel, anchor: 'start', frame: 'group' },
      data: { values },
      width: WIDTH,
      height: { step: 18 },
      encoding: {
        y: { field: 'contender', type: 'nominal', title: null, sort: null, axis: { grid: true } },
        x: {
          field: 'value',
          type: 'quantitative',
          title: panel === panels.at(-1)?.[0] ? title : null,
          scale: { type: 'log', nice: false, domain: around(all) },
          axis: { values: powersOfTen(all), format: ',' },
        },
      },
      layer: [
        {
          mark: { type: 'point', filled: true, size: 80, opacity: 1 },
          encoding: {
            color: {
              field: 'isOurs',
              type: 'nominal',
              legend: null,
              scale: { domain: [true, false], range: OURS_AND_OTHERS },
            },
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 8, fontSize: 10 },
          encoding: { text: { field: 'value', type: 'quantitative', format: ',.3~r' } },
        },
      ],
    })),
  };
}

/** A bar a name, of its parts in their order. */
export function stackedChart(
  title: string,
  bars: readonly { readonly name: string; readonly part: string; readonly value: number }[],
): TopLevelSpec {
  const parts = [...new Set(bars.map(({ part }) => part))];
  const values = bars.map((bar) => ({ ...bar, order: parts.indexOf(bar.part) }));
  return {
    width: WIDTH,
    height: { step: 22 },
    data: { values },
    mark: 'bar',
    encoding: {
      y: { field: 'name', type: 'nominal', title: null, sort: null },
      x: { field: 'value', type: 'quantitative', title },
      color: { field: 'part', type: 'nominal', title: null, sort: parts },
      order: { field: 'order', type: 'quantitative' },
    },
  };
}

/** A line a series, with its points. */
export function lineChart(chart: {
  readonly values: readonly Readonly<Record<string, string | number>>[];
  readonly x: Axis;
  readonly y: Axis;
  readonly series: string;
  /** What is told apart by the line's dashes and the shape of its points. */
  readonly dashes?: string;
}): TopLevelSpec {
  const { values, series, dashes } = chart;
  const axis = ({ field, title, scale }: Axis) => {
    const all = values.map((value) => Number(value[field]));
    const ticks = scale === 'log' && { axis: { values: powersOfTen(all), format: ',' } };
    return {
      field,
      title,
      type: 'quantitative',
      scale: { type: scale ?? 'linear' },
      ...ticks,
    } as const;
  };
  const kinds =
    dashes !== undefined && ({ field: dashes, type: 'nominal', title: null, sort: null } as const);
  return {
    width: WIDTH,
    height: 240,
    data: { values: [...values] },
    mark: { type: 'line', point: { size: 60 } },
    encoding: {
      x: axis(chart.x),
      y: axis(chart.y),
      color: { field: series, type: 'nominal', title: null, sort: null },
      ...(kinds && { strokeDash: kinds, shape: kinds }),
    },
  };
}

/** Room for the dots on both sides, and for the text beside the last one. */
function around(values: readonly number[]): [number, number] {
  return [Math.min(...values) / 1.5, Math.max(...values) * 2.5];
}

/** The ticks of a logarithmic axis whose labels never come to lie on one another. */
function powersOfTen(values: readonly number[]): number[] {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.ceil(Math.log10(Math.max(...values)));
  return Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
}
