// @ts-nocheck
import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { eventReader } from '../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { jsonOrUndefined } from '../../lambda/json-or-undefined.ts';
import { FAILURE_ATTRIBUTE, Failure } from '../../lambda/queue/failure.ts';
import {
  canPrecede,
  Origin,
  REDRIVE_ATTRIBUTE,
  type Redrive,
  readRedrive,
} from '../../lambda/queue/origin.ts';
import type { Rejection } from '../../lambda/reasons.ts';

/** The group of dead letters without `failure`: SQS moved them itself, after a crash. */
export const NO_REASON = 'none';

/**
 * The attribute `failure`. Older versions of the function wrote any origin into it that a message
 * claimed: one that can't be must not hide why the message is dead.
 */
const Told = z.object({
  ...Failure.shape,
  origin: z.optional(Origin).catch(undefined),
});
type Told = z.output<typeof Told>;

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
  /** Its origin is left out where it can't be. */
  readonly failure: Told | undefined;
  /** What an earlier redrive wrote; undefined where no redrive did. */
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
  const { SentTimestamp: sentTimestamp } = Attributes;
  const failure = failureIn(attributes[FAILURE_ATTRIBUTE]?.StringValue, sentTimestamp);
  const redrive = readRedrive(attributes[REDRIVE_ATTRIBUTE]?.StringValue);
  const isRedriven =
    redrive !== undefined &&
    failure?.reason !== 'InvalidRedrive' &&
    canPrecede(redrive.origin, sentTimestamp);
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes,
    sentTimestamp,
    receives: Attributes.ApproximateReceiveCount,
    group: Attributes.MessageGroupId,
    reason: failure?.reason ?? NO_REASON,
    failure,
    redrive: isRedriven ? redrive : undefined,
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

function failureIn(text: string | undefined, sentTimestamp: number): Told | undefined {
  const { data } = Told.safeParse(jsonOrUndefined(text ?? ''));
  if (data?.origin === undefined || canPrecede(data.origin, sentTimestamp)) return data;
  return { ...data, origin: undefined };
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
