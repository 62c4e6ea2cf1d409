import * as z from 'zod/mini';
import { isJsonObject, type JsonObject } from '../../lambda/contract/json.ts';
import type { ImageChange } from '../../producer/event.ts';
import type { Delivery, Source } from './source.ts';

/** Any object: the publisher checks it by the contract, and names every fault. */
const Change = z.custom<ImageChange>(isJsonObject);

/**
 * Senders of one's own, in the plain contract (standardwebhooks.com). The body is an event, or has it as `data`
 * beside `type` and `timestamp`, as the specification advises.
 */
export const STANDARD_WEBHOOKS: Source = {
  places: { guid: 'guid', title: 'title', description: 'description' },
  headers: ['webhook-id', 'webhook-timestamp'],
  map: (delivery) => ({ kind: 'changes', changes: [Change.parse(eventIn(delivery))] }),
};

/** What the body does not say of itself, the headers do. */
function eventIn({ headers, body }: Delivery): JsonObject {
  const { data, id, time, timestamp } = body;
  const ofHeaders = { id: headers['webhook-id'], time: timeIn(headers['webhook-timestamp']) };
  if (!isJsonObject(data)) return { ...ofHeaders, ...body };
  return { id: id ?? ofHeaders.id, time: time ?? timestamp ?? ofHeaders.time, ...data };
}

/** When it was sent, which an attempt to send it again changes: an event should have a time of its own. */
function timeIn(seconds = ''): string | undefined {
  const time = new Date(Number(seconds) * 1_000);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
