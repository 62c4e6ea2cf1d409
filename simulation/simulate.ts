import { EventSource } from './aws/event-source.ts';
import { EvidenceTable } from './aws/evidence-table.ts';
import { KeyRing } from './aws/key-ring.ts';
import { LedgerTable } from './aws/ledger-table.ts';
import { SourceQueue } from './aws/source-queue.ts';
import { Api } from './finerworks/api.ts';
import { Library } from './finerworks/library.ts';
import { ListApi } from './finerworks/list-api.ts';
import { Oracle } from './oracle/oracle.ts';
import type { Violation } from './oracle/violation.ts';
import type { ProducedEvent } from './producer/event.ts';
import { Producer } from './producer/producer.ts';
import { guidsOf } from './producer/stream.ts';
import { eventsOf, type Planned } from './producer/streaming.ts';
import type { Product } from './product.ts';
import type { Scenario } from './scenario.ts';
import { SeededRandom } from './world/random.ts';
import { Scheduler } from './world/scheduler.ts';
import { Trace } from './world/trace.ts';
import { Weather } from './world/weather.ts';
import { withoutRealWorld } from './world/without-real-world.ts';
import type { World } from './world/world.ts';
import { scenarioOf } from './worlds/draw.ts';

/** When every world begins, in milliseconds since 1970. */
export const START = Date.parse('2026-11-23T10:00:00Z');
/** Long enough for every message to come back several times, whatever hides it. */
const TIME_TO_DRAIN = 72 * 3_600_000;

/** What came of one run. */
export interface Run {
  readonly seed: number;
  readonly figures: Figures;
  readonly violations: readonly Violation[];
  readonly trace: readonly string[];
  readonly tempo: Tempo;
}

/** How fast things went, in milliseconds of virtual time. */
export interface Tempo {
  /** From sending a message to its deletion, of the message that waited longest. */
  readonly longestWait: number;
  /** Of all invocations together. */
  readonly invocationTime: number;
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
  /** Runs with the ledger. */
  readonly withLedger: number;
  /** Invocations that died, or that Lambda ended. */
  readonly deaths: number;
  /** Hours of virtual time. */
  readonly hours: number;
}

/** Runs the function through one seed's world, until everything is quiet. */
export function simulate(seed: number, product: Product): Promise<Run> {
  return simulateScenario(scenarioOf(seed), seed, product);
}

/** Runs the function through a world of one's own, in which a seed decides what chance would. */
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
  const world = worldOf(seed, scenario, scheduler, product, isTraced);
  const { trace, oracle, queue } = world;
  trace.tell('scenario', JSON.stringify(scenario));
  return withoutRealWorld(async () => {
    produce(world, scenario);
    const eventSource = new EventSource(world);
    eventSource.start();
    await scheduler.runUntil(() => world.weather.isHealed, START + scenario.healedAt);
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
      figures: { ...figuresOf(oracle), invocations: eventSource.invocations, hours },
    };
    return { run, oracle };
  });
}

function worldOf(
  seed: number,
  scenario: Scenario,
  scheduler: Scheduler,
  product: Product,
  isTraced: boolean,
): World {
  const { settings, finerworks, rotations, idleInterval, disturbances = [], killer } = scenario;
  const random = new SeededRandom(String(seed));
  const { now } = scheduler;
  const trace = new Trace(now, isTraced);
  const weather = new Weather(scenario, now);
  const library = new Library(now);
  const oracle = new Oracle({
    settings,
    library,
    maxBytes: finerworks.maxBytes,
    isKiller: ({ images }) =>
      images.some(({ guid }) => killer !== undefined && guid.startsWith(killer.prefix)),
    now,
    moment: () => trace.moment(),
  });
  const moments = rotations.map((after) => START + after);
  const keyRing = new KeyRing(moments, random.fork('keys'));
  const accepts = (keys: Parameters<typeof keyRing.accepts>[0]) => keyRing.accepts(keys, now());
  const apiWorld = { now, weather, accepts, library, disturbances };
  const api = new Api(random.fork('finerworks'), finerworks, apiWorld);
  const lists = new ListApi(random.fork('list_images'), finerworks, apiWorld);
  const visibilityTimeout = (6 * settings.timeoutSeconds + settings.batchingWindowSeconds) * 1_000;
  const queue = new SourceQueue(
    now,
    random.fork('queue'),
    {
      maxReceiveCount: settings.maxReceiveCount,
      visibilityTimeout,
      retention: settings.retentionHours * 3_600_000,
    },
    {
      duplicates: () => weather.strength('duplicates'),
      ghosts: () => weather.strength('ghosts'),
      onMoved: (message) => {
        trace.tell('queue', `moves ${message.event.name} to the dead letters`);
        oracle.moved(message);
      },
      onExpired: ({ event }) => {
        trace.tell('queue', `keeps ${event.name} no longer`);
        oracle.expired(event);
      },
    },
  );
  const ledger = new LedgerTable();
  const evidence = new EvidenceTable();
  const emulated = { queue, api, lists, library, ledger, evidence, keyRing };
  return {
    product,
    settings,
    idleInterval,
    isAttentive: scenario.isAttentive ?? false,
    killer,
    scheduler,
    random,
    weather,
    trace,
    oracle,
    ...emulated,
  };
}

/** Sends all events, each at its time. */
function produce(world: World, scenario: Scenario): void {
  const { random, scheduler, oracle, queue, trace, library } = world;
  const { producer: habits } = scenario;
  const producer = new Producer(random.fork('producer'), habits);
  library.stock(producer.guids, scenario.finerworks.inventory, random.fork('library'));
  const send = (event: ProducedEvent) => {
    oracle.produced(event);
    queue.send(event);
    trace.tell('producer', `sends ${event.name} ${event.invalid ?? ''} ${event.body}`);
  };
  let count = habits.events;
  for (const stream of scenario.streams ?? []) {
    follow(eventsOf(stream, count + 1), scheduler, send);
    count += stream.events;
    if (stream.inventory === undefined) continue;
    for (const guid of guidsOf(stream)) library.put(guid, stream.inventory === 'products');
  }
  const times = Array.from({ length: habits.events }, () => random.between(0, habits.duration));
  for (const time of times) {
    scheduler.after(time, () => {
      for (const event of producer.produce(scheduler.now())) send(event);
    });
  }
}

/** Sends planned events one after the other: far fewer timers than one for each of them. */
function follow(
  plan: Iterator<Planned>,
  scheduler: Scheduler,
  send: (event: ProducedEvent) => void,
): void {
  const begin = scheduler.now();
  const next = () => {
    const { value, done } = plan.next();
    if (done === true) return;
    const { after, make }: Planned = value;
    scheduler.after(begin + after - scheduler.now(), () => {
      send(make(scheduler.now()));
      next();
    });
  };
  next();
}

function figuresOf(oracle: Oracle) {
  const { events, counts, acknowledged, burials, values } = oracle;
  const reasons = [...burials.reasons.values()];
  return {
    ...counts,
    ...burials.counts,
    events: events.length,
    acknowledged: acknowledged.size,
    deadLettered: reasons.length,
    retriesExhausted: reasons.filter((reason) => reason.startsWith('RetriesExhausted')).length,
    withLedger: Number(oracle.hasLedger),
    ...values.counts,
    sentAgainInDoubt: oracle.repeats.sentAgainInDoubt,
  };
}
