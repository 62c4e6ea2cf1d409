import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { eventReader } from '../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { jsonOrUndefined } from '../../lambda/json-or-undefined.ts';
import { FAILURE_ATTRIBUTE, Failure } from '../../lambda/queue/failure.ts';
import { type Origin, REDRIVE_ATTRIBUTE, Redrive } from '../../lambda/queue/origin.ts';
import type { Rejection } from '../../lambda/reasons.ts';

/** The group of dead letters without `failure`: SQS moved them itself, after a crash. */
export const NO_REASON = 'none';

/** A message of the dead-letter queue. */
export interface DeadLetter {
  /** In the dead-letter queue. */
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  /**
   * Milliseconds since 1970, from which the retention counts: of the function's sending, or of
   * the first sending where SQS moved it (AWS: dead-letter queues, retention).
   */
  readonly sentTimestamp: number;
  readonly receives: number;
  /** Its group, which it had in the source queue as well; most have none. */
  readonly group: string | undefined;
  readonly reason: Rejection | typeof NO_REASON;
  readonly failure: Failure | undefined;
  /** What an earlier redrive wrote. */
  readonly redrive: Redrive | undefined;
  /** Images that it is about: those at fault, and those that its event names. */
  readonly guids: readonly string[];
}

const Received = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  Attributes: z.looseObject({
    SentTimestamp: z.coerce.number(),
    ApproximateReceiveCount: z.coerce.number(),
    MessageGroupId: z.string().optional(),
  }),
});

const readEvent = eventReader({});
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Reads a message that was received with all its attributes. */
export function toDeadLetter(message: Message): DeadLetter {
  const { MessageId, ReceiptHandle, Body, Attributes } = Received.parse(message);
  const attributes = message.MessageAttributes ?? {};
  const failure = Failure.safeParse(jsonOf(attributes[FAILURE_ATTRIBUTE])).data;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes,
    sentTimestamp: Attributes.SentTimestamp,
    receives: Attributes.ApproximateReceiveCount,
    group: Attributes.MessageGroupId,
    reason: failure?.reason ?? NO_REASON,
    failure,
    redrive: Redrive.safeParse(jsonOf(attributes[REDRIVE_ATTRIBUTE])).data,
    guids: [...new Set([...(failure?.guids ?? []), ...guidsIn(Body)])],
  };
}

/** When it died, in milliseconds since 1970; where SQS moved it, only its first sending is known. */
export function timeOfDeath({ failure, sentTimestamp }: DeadLetter): number {
  const time = Date.parse(failure?.time ?? '');
  return Number.isNaN(time) ? sentTimestamp : time;
}

/** Where it first came from, as far as it tells. */
export function originOf({ redrive, failure, messageId, sentTimestamp }: DeadLetter): Origin {
  return redrive?.origin ?? failure?.origin ?? { messageId, sentTimestamp, time: null, id: null };
}

function jsonOf(attribute: MessageAttributeValue | undefined): unknown {
  return jsonOrUndefined(attribute?.StringValue ?? '');
}

function guidsIn(body: string): string[] {
  try {
    return readEvent(body).images.map(({ guid }) => guid);
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    // What breaks the contract may still name its images.
    return [...body.matchAll(UUID)].map(([guid]) => guid.toLowerCase());
  }
}
