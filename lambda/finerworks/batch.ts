import { type Call, type CallLimits, sizeOf, toBody } from './call.ts';
import { type Groups, packByAccount } from './pack-by-account.ts';

/**
 * Packs updates into as few calls as the limits allow, each account by itself.
 *
 * An image that is larger than `maxBytesPerCall` gets a call of its own: a queue's message holds
 * at most 1 MiB, so it is bounded, and FinerWorks may well take it.
 */
export function batch(groups: Groups, limits: CallLimits): AsyncGenerator<Call> {
  return packByAccount(groups, (account) => ({
    maxItems: limits.maxImagesPerCall,
    maxBytes: limits.maxBytesPerCall - Buffer.byteLength(toBody({ account, updates: [] })),
    sizeOf,
  }));
}
