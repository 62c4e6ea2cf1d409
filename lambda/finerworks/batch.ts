import type { Update } from '../images/change.ts';
import { pack } from '../pack.ts';
import { type Call, type CallLimits, mostBytesOf, sizeOf, toBody } from './call.ts';

/**
 * Packs updates into as few calls as the limits allow, each account by itself.
 *
 * An image that is larger than `maxBytesPerCall` gets a call of its own: a queue's message holds
 * at most 1 MiB, so it is bounded, and FinerWorks may well take it.
 */
export function batch(updates: readonly Update[], limits: CallLimits): Call[] {
  return [...Map.groupBy(updates, ({ account }) => account)].flatMap(([account, ofAccount]) => {
    const maxBytes = limits.maxBytesPerCall - Buffer.byteLength(toBody({ account, updates: [] }));
    const share = maxBytes / limits.maxImagesPerCall;
    // To write every image only to measure it takes as long as to write the calls.
    const isAllSmall = ofAccount.every((update) => mostBytesOf(update) <= share);
    return pack(ofAccount, {
      maxItems: limits.maxImagesPerCall,
      maxBytes,
      sizeOf: isAllSmall ? () => 0 : sizeOf,
    }).map((updates) => ({ account, updates }));
  });
}
