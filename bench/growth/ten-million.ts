import { readSettings } from '../../infra/settings.ts';
import { table } from '../../scripts/docs/table.ts';
import { count, duration } from './in-words.ts';
import type { LoadRow } from './measure.ts';

const SETTINGS = readSettings({});
const TEN_MILLION = 10_000_000;
/** Of a new table on demand (AWS: DynamoDB, initial throughput). */
const WRITES_A_SECOND = 4_000;
/** Messages of a standard queue that may be in flight (AWS: SQS quotas). */
const MOST_IN_FLIGHT = 120_000;

/** What ten million events take, in a day or at once, and what bounds that. */
export function renderTenMillion(loads: readonly LoadRow[]): string {
  return `### Ten million

A stretch of each load, one run of each with one seed; hours and dollars are reckoned for ten million events at its pace. *Age* is from
sending an event until FinerWorks has confirmed it: of half of the events it is less, and of all but a hundredth. In flight are at
most as many messages as all pollers hold. Bold is what a new table does not take, or what does not keep up.

${table(
  [
    'load',
    '`maxConcurrency`, pollers',
    'events run',
    'done a second',
    'age, half and 99 %',
    'calls/s at FinerWorks',
    'writes/s of the table',
    'in flight',
    'ten million take',
    '$',
    'violations',
  ],
  loads.map(loadRow),
)}

${bounds(loads)}`;
}

function loadRow(row: LoadRow): string[] {
  const pace = paceOf(row);
  const isSteady = row.sendingSeconds > 0;
  const seconds = TEN_MILLION / pace.events;
  return [
    isSteady ? `${row.name}: ${(row.events / row.sendingSeconds).toFixed(0)}/s` : row.name,
    `${row.maxConcurrency}, ${row.pollers}`,
    count(row.events),
    pace.events.toFixed(0),
    isSteady ? `${row.p50.toFixed(0)} s, ${row.p99.toFixed(0)} s` : '',
    pace.calls.toFixed(1),
    pace.writes > WRITES_A_SECOND ? `**${count(pace.writes)}**` : count(pace.writes),
    count(row.pollers * SETTINGS.batchSize),
    isSteady ? (keepsUp(row) ? 'keeps up' : '**falls behind**') : duration(seconds),
    ((row.dollars / row.events) * TEN_MILLION).toFixed(2),
    `${row.violations}`,
  ];
}

/** What a run did a second, its first window left out where everything waited. */
function paceOf({ events, seconds, sendingSeconds, ...row }: LoadRow) {
  const working = sendingSeconds > 0 ? seconds : seconds - SETTINGS.batchingWindowSeconds;
  return {
    events: events / working,
    calls: (row.updateCalls + row.listCalls) / working,
    writes: row.ledgerWrites / working,
  };
}

/** Whether the last events were no later than one window and a slow batch. */
function keepsUp({ p99 }: LoadRow): boolean {
  return p99 <= 4 * SETTINGS.batchingWindowSeconds;
}

/** What bounds ten million events, in the order in which it is met. */
function bounds(loads: readonly LoadRow[]): string {
  const waiting = loads.filter(({ sendingSeconds }) => sendingSeconds === 0);
  const [usual, ...others] = waiting;
  const fastest = waiting.toSorted((a, b) => paceOf(b).events - paceOf(a).events)[0];
  if (usual === undefined || fastest === undefined || others.length === 0) return '';
  const writesAnEvent = fastest.ledgerWrites / fastest.events;
  const perInvocation = (usual.events / usual.invocationSeconds).toFixed(0);
  return `What bounds it, and what lifts the bound:

1. An invocation does ${perInvocation} events a second, one call after another, so \`maxConcurrency\` of ${usual.maxConcurrency} does ${paceOf(usual).events.toFixed(0)}. A higher one lifts that, or
   \`callsAtOnce\`, as far as FinerWorks takes the calls: it documents no rate limit, and \`callsPerSecond\` holds a deployment to what was
   agreed on.
2. A poller brings ten messages every 100 ms here, and gathers the next batch when this one is done: with ${waiting.find(isPollerBound)?.pollers ?? fastest.pollers} pollers for as many
   invocations, these wait for messages. Lambda adds pollers as a backlog lasts; *provisioned* pollers are there from the beginning,
   but go with no \`maxConcurrency\` (AWS: Lambda with SQS, scaling), which the stack sets.
3. A new table takes ${count(WRITES_A_SECOND)} writes a second (AWS: DynamoDB, initial throughput), ${writesAnEvent.toFixed(1)} for each image: ${count(WRITES_A_SECOND / writesAnEvent)} events a second. More comes as its
   traffic grows, or at once with a *warm throughput* that is set. The simulated table has no such bound.
4. ${count(MOST_IN_FLIGHT)} messages may be in flight (AWS: SQS quotas): ${count(MOST_IN_FLIGHT / SETTINGS.batchSize)} full batches. Before that, several stacks, each with the queue of some accounts,
   share the work: an account's events must stay in one.`;
}

/** Whether each invocation has but one poller. */
function isPollerBound({ pollers, maxConcurrency }: LoadRow): boolean {
  return pollers === maxConcurrency;
}
