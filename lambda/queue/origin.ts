import { createHash } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { EventTime, eventTimeOf } from '../contract/event-time.ts';
import { RejectedEvent } from '../contract/rejected-event.ts';
import type { Order } from '../images/order.ts';
import { jsonOrUndefined } from '../json-or-undefined.ts';

/**
 * Where a record first came from. SQS gives a redriven message a new id and a new
 * `SentTimestamp`; what its first sending had travels with it, in `failure` while it is dead and
 * in `redrive` when it is sent again, so that an old event never becomes new.
 */
export const Origin = z.object({
  messageId: z.string().check(z.minLength(1)),
  /** Milliseconds since 1970. */
  sentTimestamp: z.int().check(z.gte(0)),
  /** The event's time, as the order has it; `null` where the event could not be read. */
  time: z.nullable(EventTime),
  /** The event's own id; `null` where it has none or could not be read. */
  id: z.nullable(z.string().check(z.minLength(1))),
});
export type Origin = z.output<typeof Origin>;

/** The name of the message attribute that a redrive writes. */
export const REDRIVE_ATTRIBUTE = 'redrive';

/** Longer than any usual id, short enough for an item of the ledger; in UTF-16 code units. */
const LONGEST_ID = 128;

/** The value of the attribute `redrive`: JSON with how often it was redriven, and its origin. */
export const Redrive = z.object({ count: z.int().check(z.gte(1)), origin: Origin });
export type Redrive = z.output<typeof Redrive>;

/**
 * The first sending of a record, as far as the record itself tells.
 *
 * @throws {RejectedEvent} `InvalidRedrive` where the attribute `redrive` is there and unreadable:
 *   to ignore it would make an old event new
 */
export function originOf(record: SQSRecord): Origin {
  const attribute = record.messageAttributes[REDRIVE_ATTRIBUTE];
  if (attribute === undefined) return firstSendingOf(record);
  const parsed = Redrive.safeParse(jsonOrUndefined(attribute.stringValue ?? ''));
  if (parsed.success) return parsed.data.origin;
  throw new RejectedEvent(
    'InvalidRedrive',
    `the message attribute ${REDRIVE_ATTRIBUTE} does not hold {count, origin: {messageId, sentTimestamp, time, id}}`,
  );
}

/** The origin of a record that was never redriven: the record itself. */
export function firstSendingOf(record: SQSRecord): Origin {
  const sentTimestamp = Number(record.attributes.SentTimestamp);
  return { messageId: record.messageId, sentTimestamp, time: null, id: null };
}

/** The order of a record's event: the origin first, then the event, then the queue. */
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

/** An id may be as long as a message, and the ledger keeps it: a long one is named by its hash. */
function shortened(id: string): string {
  return id.length <= LONGEST_ID ? id : createHash('sha256').update(id).digest('hex');
}
