import { createHash } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { EventTime, eventTimeOf, LAST_EVENT_TIME } from '../contract/event-time.ts';
import { RejectedEvent } from '../contract/rejected-event.ts';
import { jsonOrUndefined } from '../general/json-or-undefined.ts';
import type { Order } from '../images/order.ts';

/**
 * How much later an origin may be than the sending that it came with, in milliseconds. SQS stamps both,
 * except where the command line corrects an event and stamps the origin itself: AWS accepts requests of
 * clocks that are up to 5 minutes wrong (AWS: IAM, signing requests). Nobody gains by this: the `time`
 * of an event may be even later.
 */
const CLOCK_MARGIN = 300_000;

/**
 * The first sending of a record. SQS gives a redriven message a new id and a new `SentTimestamp`; those
 * of its first sending travel with it, in `failure` while it is dead and in `redrive` when it is sent
 * again, so that an old event never becomes new.
 */
export const Origin = z.object({
  messageId: z.string().check(z.minLength(1)),
  /** Milliseconds since 1970. */
  sentTimestamp: z.int().check(z.gte(0), z.lte(LAST_EVENT_TIME)),
  /** The event's time in its order; `null` where the event could not be read. */
  time: z.nullable(EventTime),
  /** The event's own id; `null` where it has none or could not be read. */
  id: z.nullable(z.string().check(z.minLength(1))),
});
export type Origin = z.output<typeof Origin>;

/** The name of the message attribute that a redrive writes. */
export const REDRIVE_ATTRIBUTE = 'redrive';

/** Longer than usual ids, short enough for an item of a table; in UTF-16 code units. */
const LONGEST_ID = 128;

/** The value of the attribute `redrive`: JSON with how often it was redriven, and its origin. */
export const Redrive = z.object({
  count: z.int().check(z.gte(1)),
  origin: Origin,
  /** Whether the redriven message is packed (packed.ts), because there was no room. */
  packed: z.optional(z.literal(true)),
});
export type Redrive = z.output<typeof Redrive>;

/**
 * The first sending of a record, as far as the record itself tells.
 *
 * @throws {RejectedEvent} `InvalidRedrive` where the attribute `redrive` is unreadable or impossible: to
 *   ignore it would make an old event new, to believe it would make all real changes old
 */
export function originOf(record: SQSRecord): Origin {
  const attribute = record.messageAttributes[REDRIVE_ATTRIBUTE];
  if (attribute === undefined) return firstSendingOf(record);
  const redrive = readRedrive(attribute.stringValue);
  if (redrive === undefined) {
    throw invalid('does not hold {count, origin: {messageId, sentTimestamp, time, id}}');
  }
  if (!canPrecede(redrive.origin, firstSendingOf(record).sentTimestamp)) {
    throw invalid('has an origin that was sent after the message itself');
  }
  return redrive.origin;
}

function invalid(why: string): RejectedEvent {
  return new RejectedEvent('InvalidRedrive', `the message attribute ${REDRIVE_ATTRIBUTE} ${why}`);
}

/** The content of an attribute `redrive`; undefined where it is not what a redrive writes. */
export function readRedrive(text = ''): Redrive | undefined {
  return Redrive.safeParse(jsonOrUndefined(text)).data;
}

/** Whether an origin can belong to a message sent at this moment, in milliseconds since 1970. */
export function canPrecede({ sentTimestamp }: Origin, sending: number): boolean {
  return sentTimestamp <= sending + CLOCK_MARGIN;
}

/** The origin of a record that was never redriven: the record itself. */
export function firstSendingOf(record: SQSRecord): Origin {
  const sentTimestamp = Number(record.attributes.SentTimestamp);
  return { messageId: record.messageId, sentTimestamp, time: null, id: null };
}

/** The order of a record's event: from the origin, else from the event, else from the queue. */
export function orderOf(
  origin: Origin,
  event: { time?: EventTime | undefined; id?: string | undefined },
): Order {
  return {
    time: origin.time ?? event.time ?? eventTimeOf(origin.sentTimestamp),
    sentAt: origin.sentTimestamp,
    id: shortened(origin.id ?? event.id ?? origin.messageId),
  };
}

/** An id may be as long as a message, and tables keep it: a long one is named by its hash. */
export function shortened(id: string): string {
  return id.length <= LONGEST_ID ? id : createHash('sha256').update(id).digest('hex');
}
