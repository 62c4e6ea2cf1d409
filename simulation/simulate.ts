import type { ReadingName } from '../local/finerworks/readings.ts';
import { EventSource } from './aws/event-source.ts';
import type { Oracle } from './oracle/oracle.ts';
import type { Violation } from './oracle/violation.ts';
import { produce } from './producer/produce.ts';
import type { Product } from './product.ts';
import type { Scenario } from './scenario.ts';
import { makeWorld } from './world/make-world.ts';
import { Scheduler } from './world/scheduler.ts';
import { withoutRealWorld } from './world/without-real-world.ts';
import { scenarioOf } from './worlds/draw.ts';

/** When every world begins, in milliseconds since 1970. */
export const START = Date.parse('2026-11-23T10:00:00Z');
/** Long enough for every message to come back several times, whatever hides it. */
const TIME_TO_DRAIN = 72 * 3_600_000;

/** The result of one run. */
export interface Run {
  readonly seed: number;
  readonly figures: Figures;
  readonly violations: readonly Violation[];
  readonly trace: readonly string[];
  readonly tempo: Tempo;
  /** Items of the ledger that were read and written. */
  readonly ledger: { readonly reads: number; readonly writes: number };
}

/** How fast things went, in milliseconds of virtual time. */
interface Tempo {
  /** From sending a message to its deletion, of the message that waited longest. */
  readonly longestWait: number;
  /** Of all invocations together. */
  readonly invocationTime: number;
  /** How many receives brought any messages. */
  readonly receives: number;
}

/** What one run, or many, did. */
export interface Figures {
  readonly events: number;
  readonly invocations: number;
  readonly calls: number;
  readonly listCalls: number;
  readonly wouldRemoveInventory: number;
  readonly acknowledged: number;
  readonly deadLettered: number;
  readonly retriesExhausted: number;
  readonly movedByQueue: number;
  /** With the ledger: there should be none. Without: what it is there for. */
  readonly staleOverwrites: number;
  readonly staleOverwritesWithoutLedger: number;
  /** Calls that took effect after their lease had lapsed, over a newer value: only FinerWorks could prevent these. */
  readonly lateArrivals: number;
  /** Older values written after the newer event was given up. */
  readonly olderAfterGivenUp: number;
  /** Values sent again although confirmed, because of a death, an ambiguous answer or the ledger. */
  readonly sentAgainInDoubt: number;
  /** Events acknowledged for answers that were not true, of calls that were not read back. */
  readonly acknowledgedUnseen: number;
  /** Texts that FinerWorks blanked because a call left them out. */
  readonly blankedTexts: number;
  /** Runs in which readings of FinerWorks are on. */
  readonly withReadings: number;
  /** Runs with the ledger. */
  readonly withLedger: number;
  /** Invocations that died, or that Lambda ended. */
  readonly deaths: number;
  /** Hours of virtual time. */
  readonly hours: number;
}

/**
 * Runs the function through one seed's world, until everything is quiet.
 *
 * @param readings of FinerWorks, instead of those that are drawn
 */
export function simulate(
  seed: number,
  product: Product,
  readings?: readonly ReadingName[],
): Promise<Run> {
  return simulateScenario(scenarioOf(seed, readings), seed, product);
}

/** Runs the function through a given world, in which the seed decides what chance would. */
export async function simulateScenario(
  scenario: Scenario,
  seed: number,
  product: Product,
): Promise<Run> {
  return (await simulateWorld(scenario, seed, product, true)).run;
}

/** The same, and what the oracle knows. @param isTraced whether the trace is kept */
export function simulateWorld(
  scenario: Scenario,
  seed: number,
  product: Product,
  isTraced: boolean,
): Promise<{ readonly run: Run; readonly oracle: Oracle }> {
  const scheduler = new Scheduler(START);
  const world = makeWorld(seed, scenario, scheduler, product, isTraced);
  const { trace, oracle, queue } = world;
  trace.tell('scenario', JSON.stringify(scenario));
  return withoutRealWorld(async () => {
    produce(world, scenario);
    const eventSource = new EventSource(world);
    eventSource.start();
    await scheduler.runUntil(() => world.conditions.isHealed, START + scenario.healedAt);
    trace.tell('world', 'is healed');
    const isDone = () => queue.isEmpty && eventSource.isIdle;
    await scheduler.runUntil(isDone, scheduler.now() + TIME_TO_DRAIN);
    eventSource.stop();
    const hours = (scheduler.now() - START) / 3_600_000;
    oracle.conclude(queue.messages);
    const run = {
      seed,
      violations: oracle.violations,
      trace: trace.lines,
      tempo: { ...eventSource.tempo },
      ledger: { ...world.ledger.counts },
      figures: {
        ...figuresOf(oracle),
        withReadings: Number((scenario.finerworks.reading?.names.length ?? 0) > 0),
        invocations: eventSource.invocations,
        hours,
      },
    };
    return { run, oracle };
  });
}

function figuresOf(oracle: Oracle) {
  const { events, counts, overwrites, acknowledged, deadLetterings, values } = oracle;
  const reasons = [...deadLetterings.reasons.values()];
  return {
    ...counts,
    ...overwrites.counts,
    ...deadLetterings.counts,
    events: events.length,
    acknowledged: acknowledged.size,
    deadLettered: reasons.length,
    retriesExhausted: reasons.filter((reason) => reason.startsWith('RetriesExhausted')).length,
    withLedger: Number(oracle.hasLedger),
    ...values.counts,
    sentAgainInDoubt: oracle.repeats.sentAgainInDoubt,
  };
}
