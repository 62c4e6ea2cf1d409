import { table } from '../../scripts/docs/table.ts';
import { DELAYS_IN_WORDS } from '../answer-delays.ts';
import { defineBenchmark, type Rendered } from '../benchmark.ts';
import { lineChart } from '../charts.ts';
import { howOften, showSpread } from '../spread.ts';
import { LatencyResult, measureLatency, type Row } from './measure.ts';

/** Seconds' worth of events that may wait where a setting keeps up: a window, and a slow call. */
const KEEPS_UP_SECONDS = 7;

/** How late a change is at FinerWorks. */
export const latency = defineBenchmark({
  name: 'latency',
  title: 'Latency',
  schema: LatencyResult,
  measure: measureLatency,
  render: renderLatency,
});

function renderLatency({ repeats, rows }: LatencyResult): Rendered {
  const header = [
    'events a second',
    'setting',
    'p50, s',
    'p99, s',
    'waiting at the end',
    'applied a second',
    'images a call',
    'keeps up',
  ];
  const cells = rows.map((row) => [
    row.eventsPerSecond.toLocaleString('en'),
    row.setting,
    showSpread(row.p50),
    showSpread(row.p99),
    showSpread(row.waiting, 0),
    showSpread(row.appliedASecond, 0),
    showSpread(row.imagesACall),
    keepsUp(row) ? 'yes' : '**no**',
  ]);
  const values = rows.flatMap(({ setting, eventsPerSecond, p50, p99 }) => [
    { setting, eventsPerSecond, percentile: 'p50', seconds: p50.median },
    { setting, eventsPerSecond, percentile: 'p99', seconds: p99.median },
  ]);
  return {
    text: `From sending an event to the moment when the stand-in has applied it, with the defaults and two invocations, each event
on another image; ${DELAYS_IN_WORDS}. ${howOften(repeats)}: the
median, and where half of the runs lie. *Waiting at the end* is what was not applied when the last event was sent: more than ${KEEPS_UP_SECONDS} seconds'
worth says that the setting did not keep up with the rate, and then its percentiles only show for how long it was tried.
The local event source gathers one batch at a time; Lambda begins with five pollers, so that small batches are smaller
there.

![Latency by rate](figures/bench-latency.svg)

${table(header, cells)}`,
    charts: {
      'bench-latency': lineChart({
        values,
        x: { field: 'eventsPerSecond', title: 'events a second', scale: 'log' },
        y: { field: 'seconds', title: 'seconds until applied', scale: 'log' },
        series: 'setting',
        dashes: 'percentile',
      }),
    },
  };
}

function keepsUp({ waiting, eventsPerSecond }: Row): boolean {
  return waiting.median <= KEEPS_UP_SECONDS * eventsPerSecond;
}
