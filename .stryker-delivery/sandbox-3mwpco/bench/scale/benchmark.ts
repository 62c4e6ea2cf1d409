// @ts-nocheck
import { table } from '../../docs/table.ts';
import { defineBenchmark, type Rendered } from '../benchmark.ts';
import { MEAN_LATENCY } from '../weather.ts';
import { ScaleResult } from './result.ts';
import { simulateSizes } from './simulated.ts';

const HEADER = [
  'size',
  '`maxConcurrency`',
  '`virtualInventory`',
  'minutes of sending',
  'events',
  'events a call',
  'calls/s at FinerWorks',
  'events by an invocation, /s',
  'of the calls’ time',
  'oldest message',
  'violations',
];

/** Busy hours of several sizes, on the simulation's clock. */
export const scale = defineBenchmark({
  name: 'scale',
  title: 'Scale, in virtual time',
  schema: ScaleResult,
  measure: simulateSizes,
  render: renderScale,
});

function renderScale({ rows }: ScaleResult): Rendered {
  const cells = rows.map((row) => [
    row.size,
    `${row.maxConcurrency}`,
    `\`${row.virtualInventory}\``,
    `${row.minutes}`,
    row.events.toLocaleString('en'),
    row.eventsACall.toFixed(1),
    row.callsASecond.toFixed(1),
    row.eventsAnInvocationSecond.toFixed(0),
    row.ofItsCalls.toFixed(2),
    `${row.longestWaitSeconds.toFixed(0)} s`,
    `${row.violations}`,
  ]);
  return {
    text: `The function's own code on the simulation's clock ([simulation](simulation.md)), with the defaults, in a world
where nothing goes wrong: a stretch of each size's busiest hours, answers after ${MEAN_LATENCY} s on average, writes to the
table after 2 to 20 ms, clocks and envelopes of all kinds. It shows what one machine cannot: many invocations
that meet at the same images. Each gathers ten messages every 100 ms, and not while it runs: Lambda gathers
meanwhile, and waits are shorter there. *Of the calls' time* is how long invocations take, by how long answers
do: what is above 1 is the ledger and what waits for it. *Oldest message* is the longest wait from sending to
deletion. *Violations* are of the simulation's rules: nothing lost, nothing old over anything newer.

${table(HEADER, cells)}`,
    charts: {},
  };
}
