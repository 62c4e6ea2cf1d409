import { OUTCOME_KINDS } from '../../lambda/outcomes/outcome-kinds.ts';
import type { RecordOutcome } from '../../lambda/settlement/settle.ts';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import type { Invocation } from './invocation.ts';
import { drawFate } from './unreliable.ts';

/** In so many invocations the bus fails, and then so many requests of each. */
const TROUBLED = 0.3;
const FAILING = 0.5;

/**
 * Tells outcomes as the function does, to a bus that fails at times. Requests take no time unless the scenario
 * says how long, so that all else is as it would be without.
 */
export async function tellOutcomes(
  world: World,
  invocation: Invocation,
  life: Life,
  records: readonly RecordOutcome[],
): Promise<void> {
  const { product, scheduler, conditions, oracle, outcomeRequest } = world;
  const random = world.random.fork(`outcomes of ${invocation.name}`);
  const trouble = random.chance(TROUBLED) && !conditions.isHealed ? FAILING : 0;
  const settings = { kinds: OUTCOME_KINDS, service: 'simulation' };
  const context = { requestId: `request-${invocation.name}`, now: scheduler.now() };
  const outcomes = product.outcomesToTell(records, settings, context);
  const lost = await product.sendOutcomes(outcomes, {
    pause: async () => {},
    send: async (batch) => {
      oracle.batchRequest(
        invocation,
        batch.map(({ id }) => ({ Id: id })),
      );
      const { takes, error } = drawFate(random, trouble, false);
      if (outcomeRequest !== undefined) await life.sleep(outcomeRequest);
      invocation.told.push(...batch.filter((_, position) => takes(position)));
      if (error !== undefined) throw error;
      return new Map(
        batch.flatMap((_, position) => (takes(position) ? [] : [[position, 'InternalFailure']])),
      );
    },
  });
  for (const { data } of lost.keys()) invocation.untold.add(data.messageId);
}
