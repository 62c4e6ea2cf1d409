import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import type { Invocation, KeyReading } from './invocation.ts';
import { STALL, serviceError } from './unreliable.ts';

/** Reads the secret for one invocation. */
export function secretPort(world: World, invocation: Invocation, life: Life) {
  const { scheduler, keyRing, conditions, trace } = world;
  const random = world.random.fork(`secret port of ${invocation.name}`);
  return (isReload: boolean): Promise<unknown> => {
    const reading: KeyReading = { at: scheduler.now(), isReload };
    invocation.keyReadings.push(reading);
    return life.outward<unknown>('a reading of the secret', (reply) => {
      const isDown = conditions.is('secretsDown');
      if (isDown) invocation.troubled.add('secret');
      const duration = isDown && random.chance(0.3) ? STALL : random.between(5, 60);
      scheduler.after(duration, () => {
        trace.tell(invocation.name, `reads the secret${isDown ? ' without success' : ''}`);
        if (isDown && random.chance(0.2)) return reply.resolve({ app_key: '' });
        if (isDown) return reply.reject(serviceError('InternalServiceError'));
        reading.keys = keyRing.inSecret(scheduler.now());
        reply.resolve({ ...reading.keys, rotatedBy: 'somebody' });
      });
    });
  };
}
