import type { LedgerStore } from '../../lambda/ledger/store.ts';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import type { Invocation } from './invocation.ts';
import { STALL, serviceError } from './unreliable.ts';

/** How one request goes; times in milliseconds from its start. */
interface Fate {
  readonly takesEffect: boolean;
  readonly error: Error | undefined;
  readonly duration: number;
}

/** The ledger's table, as one invocation reaches it. */
export function ledgerPort(world: World, invocation: Invocation, life: Life): LedgerStore {
  const { scheduler, weather, trace, ledger, oracle } = world;
  const random = world.random.fork(`ledger port of ${invocation.name}`);

  function drawFate(): Fate {
    const duration = random.between(2, 20);
    const stalled = random.chance(0.1) ? STALL : duration;
    if (weather.is('ledgerDown')) {
      return { takesEffect: false, error: serviceError('TimeoutError'), duration: stalled };
    }
    if (!random.chance(weather.strength('ledger'))) {
      return { takesEffect: true, error: undefined, duration };
    }
    return random.pick<Fate>([
      {
        takesEffect: false,
        error: serviceError('ProvisionedThroughputExceededException'),
        duration,
      },
      { takesEffect: false, error: serviceError('InternalServerError'), duration },
      // The write happened, and nobody will ever know.
      { takesEffect: true, error: serviceError('TimeoutError'), duration: stalled },
    ]);
  }

  function request<Result>(name: string, act: () => Result): Promise<Result> {
    return life.outward<Result>(name, (reply) => {
      const { takesEffect, error, duration } = drawFate();
      if (error !== undefined) invocation.troubled.add('ledger');
      scheduler.after(duration / 2, () => {
        const result = takesEffect ? act() : undefined;
        scheduler.after(duration / 2, () => {
          if (error !== undefined || result === undefined) {
            trace.tell(invocation.name, `${name} fails with ${error?.name}`);
            reply.reject(error ?? serviceError('InternalServerError'));
          } else reply.resolve(result);
        });
      });
    });
  }

  return {
    load: (guids) =>
      request('reading the ledger', () => {
        const items = guids.map((guid) => [guid, ledger.read(guid)] as const);
        return new Map(items.flatMap(([guid, item]) => (item ? [[guid, item]] : [])));
      }),
    put: (item, expected) =>
      request('writing the ledger', () => {
        const holds = ledger.write(item, expected);
        oracle.touches(invocation, item.guid);
        trace.tell(
          invocation.name,
          `ledger ${holds ? 'takes' : 'refuses'} ${JSON.stringify(item)}`,
        );
        return holds;
      }),
  };
}
