import type { TopLevelSpec } from 'vega-lite';
import { table } from '../../docs/table.ts';
import type { Rendered } from '../benchmark.ts';
import { lineChart } from '../line-chart.ts';
import { LATENCY } from '../weather.ts';
import type { LatencyResult, Row } from './result.ts';

const HEADER = [
  'events a second',
  'setting',
  'p50, s',
  'p99, s',
  'waiting at the end',
  'update calls for 1,000 events',
  'images a call',
  'billed s for 1,000 events',
];

/** Percentiles by rate, and what the window costs and buys. */
export function renderLatency({ rows }: LatencyResult): Rendered {
  const cells = rows.map((row) => [
    row.eventsPerSecond.toLocaleString('en'),
    row.setting,
    row.p50.toFixed(1),
    row.p99.toFixed(1),
    row.waiting.toLocaleString('en'),
    ((row.updateCalls / row.events) * 1_000).toFixed(0),
    (row.events / row.updateCalls).toFixed(1),
    ((row.invocationSeconds / row.events) * 1_000).toFixed(0),
  ]);
  const rates = [...new Set(rows.map(({ eventsPerSecond }) => eventsPerSecond))];
  const lines = rates.map((rate) => windowLine(rows.filter((row) => row.eventsPerSecond === rate)));
  return {
    text: `From sending an event to the moment when the stand-in has applied it, with the defaults (\`protect\`, two
invocations), each event on another image; the stand-in answers after ${LATENCY.usual} s, and ${LATENCY.slowShare * 100} % of the calls after ${LATENCY.slow} s.
*Waiting at the end* is what was not applied when the last event was sent: more than a few seconds' worth says
that the setting did not keep up with the rate, and that its percentiles only show for how long it was tried.
What is still not applied a minute later counts as applied then. The local event source gathers one batch at a
time; Lambda begins with five pollers, so that small batches are smaller there.

![Latency by rate](figures/bench-latency.svg)

${table(HEADER, cells)}

What the window costs and buys:

${lines.join('\n')}`,
    charts: { 'bench-latency': chart(rows) },
  };
}

function windowLine([withWindow, without]: readonly Row[]): string {
  if (withWindow === undefined || without === undefined) throw new Error('a setting is missing');
  const later = withWindow.p50 - without.p50;
  const fewer = without.updateCalls / withWindow.updateCalls;
  const rate = withWindow.eventsPerSecond.toLocaleString('en');
  const delay = `${Math.abs(later).toFixed(1)} s ${later > 0 ? 'later' : 'sooner'}`;
  return `- at ${rate} a second: half of the events are applied ${delay}, and it takes ${fewer.toFixed(1)} times fewer calls.`;
}

function chart(rows: readonly Row[]): TopLevelSpec {
  const values = rows.flatMap(({ setting, eventsPerSecond, p50, p99 }) => [
    { setting, eventsPerSecond, percentile: 'p50', seconds: p50 },
    { setting, eventsPerSecond, percentile: 'p99', seconds: p99 },
  ]);
  return lineChart({
    values,
    x: { field: 'eventsPerSecond', title: 'events a second', scale: 'log' },
    y: { field: 'seconds', title: 'seconds until applied', scale: 'log' },
    series: 'setting',
    dashes: 'percentile',
  });
}
