import { readSettings } from '../../infra/settings.ts';
import { table } from '../../scripts/docs/table.ts';
import { MEAN_DELAY } from '../answer-delays.ts';
import type { Rendered } from '../benchmark.ts';
import { lineChart } from '../charts.ts';
import { count, duration } from './in-words.ts';
import { isLinear, logLogSlope, SLOPE_TOLERANCE } from './log-log-slope.ts';
import type { GrowthResult } from './measure.ts';
import { renderTenMillion } from './ten-million.ts';

const SETTINGS = readSettings({});
const TEN_MILLION = 10_000_000;
/** From here on batches are full. */
const LARGE = 10_000;
/** Sizes that no run has, as many times the largest. */
const EXTRAPOLATED = [1_000_000, TEN_MILLION];

type Size = GrowthResult['sizes'][number];

/** What grows with the number of events. */
const MEASURES: readonly (readonly [name: string, value: (size: Size) => number])[] = [
  // The first window is waited for once, however many events there are.
  [
    'seconds until the queue is empty, less the first window',
    ({ seconds }) => seconds - SETTINGS.batchingWindowSeconds,
  ],
  ['seconds of invocations', ({ invocationSeconds }) => invocationSeconds],
  ['calls to FinerWorks', ({ updateCalls, listCalls }) => updateCalls + listCalls],
  ['dollars', ({ dollars }) => dollars],
];

/** The tables, what is linear in them, and the picture. */
export function renderGrowth({ sizes, loads }: GrowthResult): Rendered {
  const largest = sizes.at(-1);
  const extrapolated = largest === undefined ? [] : EXTRAPOLATED.map((n) => times(largest, n));
  const seeds = Math.max(...sizes.map((size) => size.seeds));
  return {
    text: `The function's own code on the simulation's clock, with the defaults: events wait in the queue, each about another image
that is in the inventory library. Of each service the simulation draws how long it takes: FinerWorks ${MEAN_DELAY} s on average, a
request to SQS 5 to 60 ms, to the table 2 to 20 ms, of the secret 5 to 60 ms. Five pollers gather side by side, as Lambda's do in the
beginning, each ten messages every 100 ms. The sizes up to ${count(largest?.events)} were run (the mean of ${seeds} seeds for the small ones); those
marked * are extrapolated: so many times the largest run. Dollars include sending, ledger and trail.

![Time, calls and dollars by the number of events](figures/bench-growth.svg)

${table(
  [
    'events',
    'until empty',
    'seconds of invocations',
    'update calls',
    'list calls',
    '$',
    'violations',
  ],
  [...sizes.map((size) => sizeRow(size, '')), ...extrapolated.map((size) => sizeRow(size, ' *'))],
)}

${slopes(sizes)}

${renderTenMillion(loads)}`,
    charts: { 'bench-growth': chart(sizes, extrapolated) },
  };
}

/** So many events at the pace of a run. */
function times(size: Size, events: number): Size {
  const factor = events / size.events;
  const window = SETTINGS.batchingWindowSeconds;
  return {
    ...size,
    events,
    seconds: window + (size.seconds - window) * factor,
    invocationSeconds: size.invocationSeconds * factor,
    updateCalls: size.updateCalls * factor,
    listCalls: size.listCalls * factor,
    dollars: size.dollars * factor,
  };
}

function sizeRow(size: Size, mark: string): string[] {
  return [
    `${count(size.events)}${mark}`,
    duration(size.seconds),
    count(size.invocationSeconds),
    count(size.updateCalls),
    count(size.listCalls),
    size.dollars.toLocaleString('en', { maximumSignificantDigits: 3 }),
    mark === '' ? `${size.violations}` : '',
  ];
}

/** Whether each measure is linear: computed from what was run, not from what was extrapolated. */
function slopes(sizes: readonly Size[]): string {
  const large = sizes.filter(({ events }) => events >= LARGE);
  const rows = MEASURES.map(([name, value]) => {
    const slopeOf = (some: readonly Size[]) =>
      some.length < 2 ? undefined : logLogSlope(some.map((size) => [size.events, value(size)]));
    const judged = slopeOf(large);
    return [
      name,
      slopeOf(sizes)?.toFixed(3) ?? '',
      judged?.toFixed(3) ?? '',
      judged === undefined ? '' : isLinear(judged) ? 'yes' : '**no**',
    ];
  });
  const header = ['', 'all that was run', `from ${count(LARGE)} events on`, 'linear'];
  return `Slopes of the straight lines through the logarithms of what was run: 1 is linear, and here what is within ${SLOPE_TOLERANCE} of it
where batches are full. A few events make few batches that are not full, and wait for a window all the same.

${table(header, rows)}`;
}

function chart(sizes: readonly Size[], extrapolated: readonly Size[]) {
  const pointsOf = (some: readonly Size[], kind: string) =>
    some.flatMap((size) =>
      MEASURES.map(([measure, value]) => ({
        measure: measure.split(',')[0] ?? '',
        kind,
        events: size.events,
        value: value(size),
      })),
    );
  return lineChart({
    values: [
      ...pointsOf(sizes, 'run'),
      // From the last point that was run on.
      ...pointsOf([...sizes.slice(-1), ...extrapolated], 'extrapolated'),
    ],
    x: { field: 'events', title: 'events', scale: 'log' },
    y: { field: 'value', title: 'seconds, calls, dollars', scale: 'log' },
    series: 'measure',
    dashes: 'kind',
  });
}
