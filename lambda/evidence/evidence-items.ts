import * as z from 'zod/mini';
import { excerptOf } from '../general/excerpt.ts';
import { hashOf } from '../general/hash.ts';
import { RETRIES } from '../verdicts/reasons.ts';
import type { MessageNote } from './evidence-store.ts';

/** A note is for people, and an item of up to 1 KB is one write unit (AWS: DynamoDB). */
const DETAIL_LENGTH = 300;

/** Evidence of an account in an item; fields that later versions add are left out. */
export const StoredEvidence = z.object({
  lastSuccessAt: z.int().check(z.gte(0)),
  refusedSince: z.array(z.object({ guid: z.string(), at: z.int().check(z.gte(0)) })),
});

/** How many images of a call are taken, in an item. */
export const StoredCallSize = z.object({
  images: z.int().check(z.gte(1)),
  at: z.int().check(z.gte(0)),
});

/** The note of a message in an item. */
export const StoredNote = z.object({
  /** One that only a later version knows is a defect to this one, and all else of the note counts. */
  reason: z.catch(z.enum(RETRIES), 'Unexpected'),
  detail: z.string(),
  failures: z.int().check(z.gte(0)),
  begun: z.int().check(z.gte(0)),
  until: z.optional(z.int().check(z.gte(0))),
  receives: z.int().check(z.gte(0)),
});

/** The key of an account's item: a hash, since account keys can be of any length. */
export function accountKey(account: string | null): string {
  return `account/${account === null ? 'own' : hashOf(account)}`;
}

/** The key of the item that holds for all accounts. */
export const CALL_SIZE_KEY = 'call-size';

/** The key of a message's item. */
export function messageKey(messageId: string): string {
  return `message/${messageId}`;
}

/** The key of a dead letter's item, by its id in the dead-letter queue. */
export function letterKey(messageId: string): string {
  return `letter/${messageId}`;
}

/** The same note with a short detail. */
export function boundedNote({ detail, ...note }: MessageNote): MessageNote {
  return { ...note, detail: excerptOf(detail, DETAIL_LENGTH) };
}
