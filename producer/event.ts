import { randomUUID } from 'node:crypto';
import type { Field } from '../lambda/contract/fields.ts';
import type { ReadEvent } from '../lambda/contract/image-event.ts';
import { isJsonObject } from '../lambda/contract/json.ts';
import { RejectedEvent } from '../lambda/contract/rejected-event.ts';
import { toSqsText } from '../lambda/queue/sqs-text.ts';
import type { Rejection } from '../lambda/verdicts/reasons.ts';

/** Texts to set. Left out or null: stays as it is. An empty text is a value. */
type Texts = { readonly [field in Field]?: string | null };

/** An image and what is to be set; at least one of the texts. */
export interface ImageValues extends Texts {
  /** The image's id at FinerWorks, a UUID. */
  readonly guid: string;
}

/** What an event may say beside its images. */
export interface EventFacts {
  /** The account of the images; left out or null: the one that the keys belong to. */
  readonly account_key?: string | null;
  /** Names the event: a second one under the same id and time counts as the same. A UUID by default. */
  readonly id?: string;
  /** RFC 3339: when it happened, which decides what is newest. By default when it is published. */
  readonly time?: string;
  /** Send it even though FinerWorks is known to have the same values. */
  readonly force?: boolean;
  /** Virtual inventory products of its images may be lost for it. */
  readonly removeVirtualInventory?: boolean;
}

/** A change of one image, or of several that belong together: one bad image rejects all of them. */
export type ImageChange = EventFacts & (ImageValues | { readonly images: readonly ImageValues[] });

/** The `source` of CloudEvents. */
export interface Sender {
  /** A URI reference, `/pim` say. */
  readonly source: string;
  /** `com.example.image.updated` say. */
  readonly type: string;
}

/** A change that the contract takes, ready to be sent. */
export interface ValidEvent {
  readonly kind: 'valid';
  readonly id: string;
  readonly body: string;
  /** `null` is the account that the keys belong to. */
  readonly account: string | null;
  /** The images that it changes, by guid. */
  readonly guids: readonly string[];
}

/** A change that the function would dead-letter. */
export interface InvalidEvent {
  readonly kind: 'invalid';
  readonly reason: Rejection;
  /** Every fault by path, `images[3].guid: "x" is not a UUID`. */
  readonly detail: string;
}

/**
 * Makes the CloudEvent of a change, and reads it as the function will. Never throws, whatever the change
 * is: not every caller's compiler has seen it.
 *
 * @param time its time where it says none, RFC 3339
 */
export function toEvent(
  change: unknown,
  sender: Sender,
  time: string,
  readEvent: ReadEvent,
): ValidEvent | InvalidEvent {
  try {
    const { id, body } = write(change, sender, time);
    const { account, images } = readEvent(body);
    return { kind: 'valid', id, body, account, guids: images.map(({ guid }) => guid) };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { kind: 'invalid', reason: error.reason, detail: error.message };
  }
}

/** @throws {RejectedEvent} where there is no JSON of it */
function write(change: unknown, { source, type }: Sender, time: string) {
  if (!isJsonObject(change)) {
    const what = change === null ? 'null' : Array.isArray(change) ? 'a list' : typeof change;
    throw new RejectedEvent('NotAnObject', `the change: ${what}, not an object`);
  }
  try {
    const { id = randomUUID(), time: own = time, ...data } = change;
    const head = { specversion: '1.0', id, source, type, time: own };
    const body = JSON.stringify({ ...head, datacontenttype: 'application/json', data });
    return { id: String(id), body: toSqsText(body) };
  } catch (error) {
    // BigInt, what holds itself, and whatever a getter or toJSON of the change throws.
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : 'unknown';
    throw new RejectedEvent('NotJson', `the change: can't be written as JSON: ${why}`);
  }
}
