// @ts-nocheck
import type { TopLevelSpec } from 'vega-lite';
import { table } from '../../docs/table.ts';
import type { Rendered } from '../benchmark.ts';
import { lineChart } from '../line-chart.ts';
import { showSpread } from '../statistics.ts';
import { LATENCY } from '../weather.ts';
import type { LatencyResult, Row } from './result.ts';

const HEADER = [
  'events a second',
  'setting',
  'p50, s',
  'p99, s',
  'waiting at the end',
  'applied a second',
  'images a call',
  'billed s for 1,000 events',
];

/** Seconds' worth of events that may wait where a setting keeps up: a window, and a slow call. */
const KEEPS_UP_SECONDS = 7;

/** Percentiles by rate, and what the window costs and buys. */
export function renderLatency({ repeats, rows }: LatencyResult): Rendered {
  const cells = rows.map((row) => [
    row.eventsPerSecond.toLocaleString('en'),
    row.setting,
    showSpread(row.p50),
    showSpread(row.p99),
    showSpread(row.waiting, 0),
    showSpread(row.appliedASecond, 0),
    showSpread(row.imagesACall),
    showSpread(row.invocationSecondsOfThousand, 0),
  ]);
  const rates = [...new Set(rows.map(({ eventsPerSecond }) => eventsPerSecond))];
  const lines = rates.map((rate) => windowLine(rows.filter((row) => row.eventsPerSecond === rate)));
  return {
    text: `From sending an event to the moment when the stand-in has applied it, with the defaults (\`protect\`, two
invocations), each event on another image; the stand-in answers after ${LATENCY.usual} s, and ${LATENCY.slowShare * 100} % of the calls after ${LATENCY.slow} s.
*Waiting at the end* is what was not applied when the last event was sent: more than ${KEEPS_UP_SECONDS} seconds' worth says that
the setting did not keep up with the rate, and then its percentiles only show for how long it was tried: what is
not applied when it has been waited for long enough counts as applied then. The local event source gathers one batch at a time;
Lambda begins with five pollers, so that small batches are smaller there. ${runsLine(repeats)}

![Latency by rate](figures/bench-latency.svg)

${table(HEADER, cells)}

What the window costs and buys:

${lines.join('\n')}`,
    charts: { 'bench-latency': chart(rows) },
  };
}

function runsLine(repeats: number): string {
  if (repeats === 1) return 'Each was run once.';
  return `Each was run ${repeats} times, in turns: the median, and where half of the runs lie.`;
}

function windowLine([withWindow, without]: readonly Row[]): string {
  if (withWindow === undefined || without === undefined) throw new Error('a setting is missing');
  const start = `- at ${withWindow.eventsPerSecond.toLocaleString('en')} a second:`;
  const fewer = (withWindow.imagesACall.median / without.imagesACall.median).toFixed(1);
  if (!keepsUp(withWindow)) {
    const rates = [withWindow, without].map(({ appliedASecond }) => appliedASecond.median);
    const [most, other] = rates.map((rate) => rate.toFixed(0));
    return `${start} too much for two invocations that look before each call; ${most} a second are applied with the window, ${other} without it.`;
  }
  if (!keepsUp(without)) {
    return `${start} only the window keeps up; it takes ${fewer} times fewer calls.`;
  }
  const later = (withWindow.p50.median - without.p50.median).toFixed(1);
  return `${start} half of the events are applied ${later} s later, and it takes ${fewer} times fewer calls.`;
}

function keepsUp({ waiting, eventsPerSecond }: Row): boolean {
  return waiting.median <= KEEPS_UP_SECONDS * eventsPerSecond;
}

function chart(rows: readonly Row[]): TopLevelSpec {
  const values = rows.flatMap(({ setting, eventsPerSecond, p50, p99 }) => [
    { setting, eventsPerSecond, percentile: 'p50', seconds: p50.median },
    { setting, eventsPerSecond, percentile: 'p99', seconds: p99.median },
  ]);
  return lineChart({
    values,
    x: { field: 'eventsPerSecond', title: 'events a second', scale: 'log' },
    y: { field: 'seconds', title: 'seconds until applied', scale: 'log' },
    series: 'setting',
    dashes: 'percentile',
  });
}
