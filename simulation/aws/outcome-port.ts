import { OUTCOME_KINDS } from '../../lambda/outcomes/outcome-kinds.ts';
import type { RecordOutcome } from '../../lambda/settlement/settle.ts';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import type { Invocation } from './invocation.ts';
import { drawFate } from './unreliable.ts';

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
      const { takes, error } = drawFate(random, conditions.strength('outcomes'), false);
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
