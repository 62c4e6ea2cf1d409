import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { count } from '../format.ts';

const HEIGHT = 160;
/** Of the times that are shown, in seconds. */
const SHORTEST = 60;
/** The page's variables for curves, in their order. */
const COLOURS = ['--accent', '--danger'];

interface Charted {
  readonly title: string;
  readonly unit: string;
  readonly times: readonly number[];
  readonly curves: readonly {
    readonly label: string;
    readonly values: readonly (number | null)[];
  }[];
}

/** Curves over time, and in words for those who do not see them. */
export function Chart({ chart }: { readonly chart: Charted }) {
  const { title, unit, curves } = chart;
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const plot = draw(host.current, chart);
    return () => plot.destroy();
  }, [chart]);
  return (
    <figure>
      <figcaption>
        <strong>{title}</strong>, {unit}: {curves.map(inWords).join('; ')}
      </figcaption>
      <div ref={host} aria-hidden="true" />
    </figure>
  );
}

function inWords({ label, values }: Charted['curves'][number]): string {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return `${label} nothing counted`;
  return `${label} ${count(last)} now, ${count(Math.max(...known))} at most`;
}

function draw(host: HTMLElement, { times, curves }: Charted): uPlot {
  const colour = colourOf(host);
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 } };
  return new uPlot(
    {
      width: Math.max(host.clientWidth, 200),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      axes: [axis, { ...axis, size: 60 }],
      scales: {
        x: { range: (_, from, to) => [Math.min(from, to - SHORTEST), to] },
        y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] },
      },
      series: [
        {},
        ...curves.map(({ label }, at) => ({
          label,
          stroke: colour(COLOURS[at] ?? '--text'),
          width: 2,
        })),
      ],
    },
    [[...times], ...curves.map(({ values }) => [...values])],
    host,
  );
}

/** A canvas needs colours as they are at the moment, light or dark. */
function colourOf(host: HTMLElement): (variable: string) => string {
  return (variable) => {
    host.style.color = `var(${variable})`;
    return getComputedStyle(host).color;
  };
}
