import type { Queues } from '../../lambda/queue/sqs.ts';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import type { Invocation } from './invocation.ts';
import { type BatchFate, drawFate } from './unreliable.ts';

/** The two queues, as one invocation reaches them. */
export function queuePorts(world: World, invocation: Invocation, life: Life): Queues {
  const { scheduler, conditions, oracle, queue, trace } = world;
  const random = world.random.fork(`queue ports of ${invocation.name}`);
  let letters = 0;

  function request<Entry extends { readonly Id: string }>(
    port: 'deadLetters' | 'visibility' | 'deletions',
    entries: readonly Entry[],
    fate: BatchFate,
    take: (entry: Entry) => boolean,
  ): Promise<ReadonlySet<string>> {
    oracle.batchRequest(invocation, entries);
    return life.outward<ReadonlySet<string>>(`a request for ${port}`, (reply) => {
      if (fate.isTroubled) invocation.troubled.add(port);
      scheduler.after(fate.duration / 2, () => {
        const taken = entries.filter((_, position) => fate.takes(position)).filter(take);
        const outcome = fate.error?.name ?? `confirms ${taken.length} of ${entries.length}`;
        scheduler.after(fate.duration / 2, () => {
          trace.tell(invocation.name, `request for ${port}: ${outcome}`);
          if (fate.error === undefined) reply.resolve(new Set(taken.map(({ Id }) => Id)));
          else reply.reject(fate.error);
        });
      });
    });
  }

  return {
    sendDeadLetters: async (entries) => {
      const letterIds = new Map<string, string>();
      const isDown = conditions.is('deadLettersDown');
      const fate = drawFate(random, conditions.strength('deadLetters'), isDown);
      const confirmed = await request('deadLetters', entries, fate, (entry) => {
        letters += 1;
        const letterId = `letter ${letters} of ${invocation.name}`;
        letterIds.set(entry.Id, letterId);
        const event = oracle.deadLetter(invocation, entry, letterId);
        trace.tell(invocation.name, `dead-letters ${event?.name}`);
        if (event !== undefined && fate.error === undefined) invocation.deadLettered.add(event);
        return true;
      });
      return new Map([...confirmed].map((id) => [id, letterIds.get(id) ?? '']));
    },
    changeVisibility: (entries) => {
      for (const { ReceiptHandle = '' } of entries) invocation.postponed.add(ReceiptHandle);
      const fate = drawFate(random, conditions.strength('visibility'), false);
      return request('visibility', entries, fate, (entry) => {
        const { ReceiptHandle = '', VisibilityTimeout = 0 } = entry;
        invocation.hidden.push({ handle: ReceiptHandle, seconds: VisibilityTimeout });
        return queue.changeVisibility(ReceiptHandle, VisibilityTimeout * 1_000);
      });
    },
    deleteMessages: (entries) => {
      const fate = drawFate(random, conditions.strength('visibility'), false);
      return request('deletions', entries, fate, ({ ReceiptHandle = '' }) => {
        oracle.deleted(invocation, ReceiptHandle);
        return queue.delete(ReceiptHandle);
      });
    },
  };
}
