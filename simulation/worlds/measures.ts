import type { InvocationEffort } from '../oracle/effort.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Scenario } from '../scenario.ts';

/** What came of a stream's events. Times in seconds from sending; undefined where nothing came. */
export interface StreamMeasures {
  readonly sent: number;
  readonly applied: number;
  /** Of these, before the trouble was over. */
  readonly appliedInTrouble: number;
  /** Neither applied nor dead-lettered: still in the queue, or lost. */
  readonly open: number;
  /** How many were dead-lettered, by their reason and the last cause. */
  readonly dead: Readonly<Record<string, number>>;
  /** Until FinerWorks confirmed what the event asks for. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly longest: number | undefined;
  /** Until the last one was in the dead-letter queue. */
  readonly longestBurial: number | undefined;
}

/** Calls, and what they had to be at least. */
export interface CallMeasures {
  readonly updates: number;
  readonly lists: number;
  /** Updates, had each invocation sent each image of its records once, in full calls. */
  readonly needed: number;
  /** Circuits that the sandboxes had to do with. */
  readonly circuits: number;
  readonly listsInVain: number;
}

/** What one world came to. */
export interface Measures {
  readonly streams: Readonly<Record<string, StreamMeasures>>;
  readonly inTrouble: CallMeasures;
  readonly afterwards: CallMeasures;
  /** From the beginning until the last event was applied, in seconds. */
  readonly drained: number | undefined;
  /** From the end of the trouble until the last event was applied, in seconds. */
  readonly recovery: number | undefined;
  /** Messages that outlived the queue's retention. */
  readonly expired: number;
  readonly imagesThatLostProducts: number;
}

/** @param start when the world began, milliseconds since 1970 */
export function measure(oracle: Oracle, scenario: Scenario, start: number): Measures {
  const { events, stopwatch, efforts, counts, overwrites } = oracle;
  const troubleEnd = start + troubleOf(scenario);
  const settled = events.flatMap((event) => stopwatch.settledAt(event) ?? []);
  const last = settled.length > 0 ? settled.reduce((a, b) => Math.max(a, b)) : undefined;
  const { streams = [] } = scenario;
  return {
    streams: Object.fromEntries(
      streams.map(({ name }) => [
        name,
        measureStream(
          events.filter(({ stream }) => stream === name),
          oracle,
          troubleEnd,
        ),
      ]),
    ),
    inTrouble: sumOf(efforts.filter(({ startedAt }) => startedAt < troubleEnd)),
    afterwards: sumOf(efforts.filter(({ startedAt }) => startedAt >= troubleEnd)),
    drained: last && (last - start) / 1_000,
    recovery: last && Math.max(0, last - troubleEnd) / 1_000,
    expired: counts.expired,
    imagesThatLostProducts: overwrites.counts.imagesThatLostProducts,
  };
}

/** When the last trouble that ends at all is over, in milliseconds since the beginning. */
function troubleOf({ disturbances = [], finerworks, healedAt }: Scenario): number {
  const ends = [...disturbances.map(({ until }) => until), finerworks.lists?.until ?? 0];
  return Math.max(0, ...ends.filter((end) => end <= healedAt));
}

function measureStream(
  events: readonly ProducedEvent[],
  oracle: Oracle,
  troubleEnd: number,
): StreamMeasures {
  const { stopwatch, deadLetterings } = oracle;
  const dead = deadLetterings.reasons;
  const reasons = Map.groupBy(
    events.flatMap((event) => dead.get(event) ?? []),
    (reason) => reason || 'no reason',
  );
  const deadLettered = events.filter((event) => dead.has(event));
  const applied = events.filter(
    (event) => !dead.has(event) && stopwatch.settledAt(event) !== undefined,
  );
  const times = secondsOf(applied, (event) => stopwatch.untilSettled(event));
  return {
    sent: events.length,
    applied: applied.length,
    appliedInTrouble: applied.filter(
      (event) => (stopwatch.settledAt(event) ?? troubleEnd) < troubleEnd,
    ).length,
    open: events.length - deadLettered.length - applied.length,
    dead: Object.fromEntries([...reasons].map(([reason, { length }]) => [reason, length])),
    p50: times[Math.ceil(times.length * 0.5) - 1],
    p95: times[Math.ceil(times.length * 0.95) - 1],
    longest: times.at(-1),
    longestBurial: secondsOf(deadLettered, (event) => stopwatch.untilBuried(event)).at(-1),
  };
}

/** In order, the shortest first. */
function secondsOf(
  events: readonly ProducedEvent[],
  millisecondsOf: (event: ProducedEvent) => number | undefined,
): number[] {
  return events
    .flatMap((event) => millisecondsOf(event) ?? [])
    .map((milliseconds) => milliseconds / 1_000)
    .sort((a, b) => a - b);
}

function sumOf(efforts: readonly InvocationEffort[]): CallMeasures {
  const sum = (count: (effort: InvocationEffort) => number) =>
    efforts.reduce((total, effort) => total + count(effort), 0);
  return {
    updates: sum(({ updates }) => updates),
    lists: sum(({ lists }) => lists),
    needed: sum(({ needed }) => needed),
    circuits: new Set(efforts.flatMap(({ circuits }) => circuits)).size,
    listsInVain: sum(({ listsInVain }) => listsInVain),
  };
}
