import { EvidenceTable } from '../aws/evidence-table.ts';
import { KeyRing } from '../aws/key-ring.ts';
import { LedgerTable } from '../aws/ledger-table.ts';
import { SourceQueue } from '../aws/source-queue.ts';
import { Api } from '../finerworks/api.ts';
import { Library } from '../finerworks/library.ts';
import { ListApi } from '../finerworks/list-api.ts';
import { Oracle } from '../oracle/oracle.ts';
import type { Product } from '../product.ts';
import type { Scenario } from '../scenario.ts';
import { Conditions } from './conditions.ts';
import { SeededRandom } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import { Trace } from './trace.ts';
import type { World } from './world.ts';

/** Makes everything that there is in one run, which begins at the scheduler's present. */
export function makeWorld(
  seed: number,
  scenario: Scenario,
  scheduler: Scheduler,
  product: Product,
  isTraced: boolean,
): World {
  const {
    settings,
    finerworks,
    rotations,
    idleInterval,
    disturbances = [],
    killer,
    outcomeRequest,
  } = scenario;
  const random = new SeededRandom(String(seed));
  const { now } = scheduler;
  const trace = new Trace(now, isTraced);
  const conditions = new Conditions(scenario, now);
  const { names = [], listLag = 0 } = finerworks.reading ?? {};
  const readings = new Set(names);
  const library = new Library(now, readings);
  const oracle = new Oracle({
    settings,
    library,
    maxBytes: finerworks.maxBytes,
    readings,
    lag: Math.max(finerworks.lists?.lag ?? 0, listLag),
    isKiller: ({ images }) =>
      images.some(({ guid }) => killer !== undefined && guid.startsWith(killer.prefix)),
    now,
    moment: () => trace.moment(),
  });
  const start = now();
  const moments = rotations.map((after) => start + after);
  const keyRing = new KeyRing(moments, random.fork('keys'));
  const accepts = (keys: Parameters<typeof keyRing.accepts>[0]) => keyRing.accepts(keys, now());
  const apiWorld = { now, conditions, accepts, library, disturbances, readings };
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
      duplicates: () => conditions.strength('duplicates'),
      ghosts: () => conditions.strength('ghosts'),
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
    pollers: scenario.pollers,
    killer,
    outcomeRequest,
    scheduler,
    random,
    conditions,
    trace,
    oracle,
    ...emulated,
  };
}
