import type { Rule } from '../oracle/violation.ts';
import type { Scenario } from '../scenario.ts';
import type { Measures, StreamMeasures } from './measures.ts';
import type { Bounds, ExpectedDeadLetters } from './world-kind.ts';

/** A bound of a full-size world that does not hold. */
export interface Excess {
  readonly rule: Rule;
  readonly detail: string;
}

/** What is compared. */
export interface Comparison {
  readonly measures: Measures;
  readonly baseline: Measures;
  readonly scenario: Scenario;
}

/** Bounds are compared to this much: times are sums of fractions. */
const TOLERANCE = 1e-6;

/** Holds a world of full size against its bounds. */
export function checkBounds(bounds: Bounds, comparison: Comparison): Excess[] {
  const { measures, baseline } = comparison;
  const { applied = [], deadLettered = {}, timesUndisturbed = {} } = bounds;
  const { p95Seconds = {}, withinMinutes = {} } = bounds;
  return [
    ...applied.flatMap((name) => checkApplied(name, measures.streams[name])),
    ...each(deadLettered, (name, burial) => checkDeadLetters(name, burial, measures.streams[name])),
    ...each(timesUndisturbed, (name, times) => {
      const usual = baseline.streams[name]?.p50;
      const most = usual === undefined ? undefined : usual * times;
      return atMost('NeighbourDelayed', `${name}: median`, measures.streams[name]?.p50, most);
    }),
    ...each(p95Seconds, (name, seconds) =>
      atMost('GoodDelayed', `${name}: 95 of 100`, measures.streams[name]?.p95, seconds),
    ),
    ...each(withinMinutes, (name, minutes) =>
      atMost('GoodDelayed', `${name}: the last`, measures.streams[name]?.longest, minutes * 60),
    ),
    ...checkWhole(bounds, comparison),
  ];
}

function checkWhole(bounds: Bounds, { measures, baseline, scenario }: Comparison): Excess[] {
  const { recoveryMinutes, leanRecovery, timesCallTime, listsInVain, timesUpdates } = bounds;
  const { afterwards, inTrouble } = measures;
  const called = inTrouble.updates + afterwards.updates;
  const usual = baseline.inTrouble.updates + baseline.afterwards.updates;
  return [
    ...(recoveryMinutes === undefined
      ? []
      : atMost('RecoveredLate', 'all applied', measures.recovery, recoveryMinutes * 60)),
    ...(leanRecovery === true
      ? atMost(
          'BacklogCostsMore',
          'updates after the trouble',
          afterwards.updates,
          afterwards.needed + afterwards.circuits,
        )
      : []),
    ...(timesCallTime === undefined
      ? []
      : atMost(
          'TooSlow',
          'drained',
          measures.drained,
          timesCallTime * callTime(measures, scenario),
        )),
    ...(listsInVain === undefined
      ? []
      : atMost(
          'ListedInVain',
          'looks',
          inTrouble.listsInVain + afterwards.listsInVain,
          listsInVain,
        )),
    ...(timesUpdates === undefined
      ? []
      : atMost('MisledByRefusal', 'updates', called, usual * timesUpdates)),
  ];
}

/** Seconds that the calls take with as many at once as there may be, or the traffic does. */
function callTime({ inTrouble, afterwards }: Measures, scenario: Scenario): number {
  const { streams = [], finerworks, settings } = scenario;
  const calls = [inTrouble, afterwards].reduce(
    (sum, { updates, lists }) => sum + updates + lists,
    0,
  );
  const { maxConcurrency, callsAtOnce, virtualInventory } = settings;
  // Beside each update a list call may be under way.
  const atOnce = maxConcurrency * callsAtOnce * (virtualInventory === 'protect' ? 2 : 1);
  const sending = Math.max(...streams.map(({ until }) => until));
  const inCalls = (calls * finerworks.latency) / atOnce;
  return (Math.max(inCalls, sending) + settings.batchingWindowSeconds * 1_000) / 1_000;
}

function checkApplied(name: string, stream: StreamMeasures | undefined): Excess[] {
  if (stream === undefined || stream.applied === stream.sent) return [];
  const missing = stream.sent - stream.applied;
  return [{ rule: 'NotApplied', detail: `${name}: ${missing} of ${stream.sent}` }];
}

function checkDeadLetters(
  name: string,
  burial: ExpectedDeadLetters,
  stream: StreamMeasures | undefined,
): Excess[] {
  if (stream === undefined) return [];
  const { reason, lastReasons, withinMinutes } = burial;
  const due = lastReasons?.map((lastReason) => `${reason}: ${lastReason}`) ?? [reason];
  const missing = due.reduce((left, name) => left - (stream.dead[name] ?? 0), stream.sent);
  return [
    ...(missing > 0
      ? [
          {
            rule: 'NotBuried' as const,
            detail: `${name}: ${missing} of ${stream.sent} as ${due.join(' or ')}`,
          },
        ]
      : []),
    ...(withinMinutes === undefined
      ? []
      : atMost('NotBuried', `${name}: the last`, stream.longestBurial, withinMinutes * 60)),
  ];
}

function atMost(
  rule: Rule,
  what: string,
  value: number | undefined,
  most: number | undefined,
): Excess[] {
  if (value === undefined || most === undefined || value <= most + TOLERANCE) return [];
  return [{ rule, detail: `${what}: ${round(value)} instead of ${round(most)} at most` }];
}

function each<Value>(
  record: Readonly<Record<string, Value>>,
  check: (name: string, value: Value) => Excess[],
): Excess[] {
  return Object.entries(record).flatMap(([name, value]) => check(name, value));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
