import { type Call, type CallLimits, maxBytesOf, sizeOf, toBody } from '../finerworks/call.ts';
import type { Update } from '../images/change.ts';
import { chunkByLane, type Groups } from '../lanes/chunk-by-lane.ts';
import type { Retried } from '../verdicts/verdict.ts';

/**
 * Packs updates into as few calls as the limits allow, each account by itself.
 *
 * An image that is larger than `maxBytesPerCall` gets a call of its own: a message of the queue holds
 * at most 1 MiB, and FinerWorks may take such an image.
 *
 * @param togetherOf how many images of an account may go together at the moment
 * @param complete the update as it will be sent, to measure it; or why it will not be sent
 */
export async function* batch(
  groups: Groups,
  { maxImagesPerCall, maxBytesPerCall }: CallLimits,
  togetherOf: (account: string | null) => number = () => maxImagesPerCall,
  complete: (update: Update) => Update | Retried = (update) => update,
): AsyncGenerator<Call> {
  const asSent = (update: Update) => {
    const completed = complete(update);
    return 'kind' in completed ? update : completed;
  };
  const chunks = chunkByLane(groups, (account, updates) => {
    const maxBytes = maxBytesPerCall - Buffer.byteLength(toBody({ account, updates: [] }));
    const share = maxBytes / maxImagesPerCall;
    // To serialise every image only to measure it takes as long as to serialise the calls.
    const isAllSmall = updates.every((update) => maxBytesOf(asSent(update)) <= share);
    const maxItems = Math.min(maxImagesPerCall, togetherOf(account));
    const measure = (update: Update) => sizeOf(asSent(update));
    return { maxItems, maxBytes, sizeOf: isAllSmall ? () => 0 : measure };
  });
  for await (const { account, updates, isEnd } of chunks) if (!isEnd) yield { account, updates };
}
