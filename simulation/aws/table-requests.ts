import type { Life } from '../world/life.ts';
import type { SeededRandom } from '../world/random.ts';
import type { World } from '../world/world.ts';
import type { Invocation } from './invocation.ts';
import { STALL, serviceError } from './unreliable.ts';

/** How one request goes; times in milliseconds from its start. */
interface Fate {
  readonly takesEffect: boolean;
  readonly error: Error | undefined;
  readonly duration: number;
}

/** Makes a request to the ledger's table, which may fail before its effect or after it. */
export type TableRequest = <Result>(name: string, act: () => Result) => Promise<Result>;

/** @param part of the table: each has its own troubles */
export function tableRequests(
  world: World,
  invocation: Invocation,
  life: Life,
  part: 'ledger' | 'evidence',
): TableRequest {
  const { scheduler, trace } = world;
  const random = world.random.fork(`${part} port of ${invocation.name}`);
  return <Result>(name: string, act: () => Result) =>
    life.outward<Result>(name, (reply) => {
      const { takesEffect, error, duration } = drawFate(world, random);
      if (error !== undefined) invocation.troubled.add(part);
      scheduler.after(duration / 2, () => {
        const done = takesEffect ? { result: act() } : undefined;
        scheduler.after(duration / 2, () => {
          if (error === undefined && done !== undefined) return reply.resolve(done.result);
          trace.tell(invocation.name, `${name} fails with ${error?.name}`);
          reply.reject(error ?? serviceError('InternalServerError'));
        });
      });
    });
}

function drawFate({ conditions }: World, random: SeededRandom): Fate {
  const duration = random.between(2, 20);
  const stalled = random.chance(0.1) ? STALL : duration;
  if (conditions.is('ledgerDown')) {
    return { takesEffect: false, error: serviceError('TimeoutError'), duration: stalled };
  }
  if (!random.chance(conditions.strength('ledger'))) {
    return { takesEffect: true, error: undefined, duration };
  }
  return random.pick<Fate>([
    {
      takesEffect: false,
      error: serviceError('ProvisionedThroughputExceededException'),
      duration,
    },
    { takesEffect: false, error: serviceError('InternalServerError'), duration },
    // The write happened, and the function never learns that.
    { takesEffect: true, error: serviceError('TimeoutError'), duration: stalled },
  ]);
}
