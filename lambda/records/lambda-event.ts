import type { SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { isJsonObject } from '../contract/json.ts';
import { isFifo } from '../queue/fifo-names.ts';

const MILLISECONDS = /^\d{1,16}$/;
const COUNT = /^\d+$/;
const SQS = 'aws:sqs';

/** What this function reads of a record. It only checks: records are passed on as they came. */
export const QueueRecord = z
  .object({
    messageId: z.string().check(z.minLength(1)),
    body: z.string(),
    attributes: z.object({
      SentTimestamp: z.string().check(z.regex(MILLISECONDS, 'not a count of milliseconds')),
      ApproximateReceiveCount: z.string().check(z.regex(COUNT, 'not a count')),
      MessageGroupId: z.optional(z.string().check(z.minLength(1))),
    }),
    messageAttributes: z.record(z.string(), z.object({ dataType: z.string() })),
    eventSource: z.literal(SQS),
    eventSourceARN: z.string(),
  })
  .check(
    z.refine(hasGroupWhereNeeded, {
      path: ['attributes', 'MessageGroupId'],
      error: 'missing, which every message of a FIFO queue has',
    }),
  );

/** The invocation's payload is no batch of an SQS queue. Fails the whole invocation. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent';
}

/**
 * The records of an invocation, checked: a wrong event source must fail the invocation, so that every
 * record comes back, and must never count as an empty batch.
 *
 * @throws {MalformedEvent} naming the paths at fault
 */
export function recordsOf(event: SQSEvent): SQSRecord[] {
  if (!isJsonObject(event) || !Array.isArray(event.Records)) {
    throw malformed(['Records: not a list']);
  }
  if (!event.Records.every(isSound)) throw malformed(event.Records.flatMap(faultsOf));
  return event.Records;
}

/** Whether {@link QueueRecord} finds no fault, in an eighth of its time. */
export function isSound(record: unknown): boolean {
  if (!isJsonObject(record) || !isJsonObject(record.attributes)) return false;
  const { messageId, body, attributes, messageAttributes, eventSource, eventSourceARN } = record;
  return (
    typeof messageId === 'string' &&
    messageId !== '' &&
    typeof body === 'string' &&
    isTextOf(MILLISECONDS, attributes.SentTimestamp) &&
    isTextOf(COUNT, attributes.ApproximateReceiveCount) &&
    isGroup(attributes.MessageGroupId) &&
    isJsonObject(messageAttributes) &&
    Object.values(messageAttributes).every(hasDataType) &&
    eventSource === SQS &&
    typeof eventSourceARN === 'string' &&
    (attributes.MessageGroupId !== undefined || !isFifo(eventSourceARN))
  );
}

function isTextOf(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function hasDataType(attribute: unknown): boolean {
  return isJsonObject(attribute) && typeof attribute.dataType === 'string';
}

function isGroup(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value !== '');
}

/** A standard queue's message has a group where its producer gave it one: SQS's fair queues. */
function hasGroupWhereNeeded(record: {
  readonly attributes: { readonly MessageGroupId?: string | undefined };
  readonly eventSourceARN: string;
}): boolean {
  return record.attributes.MessageGroupId !== undefined || !isFifo(record.eventSourceARN);
}

function faultsOf(record: unknown, at: number): string[] {
  const { error } = QueueRecord.safeParse(record);
  return (error?.issues ?? []).map(
    ({ path, message }) => `${['Records', at, ...path].join('.')}: ${message}`,
  );
}

function malformed(faults: readonly string[]): MalformedEvent {
  return new MalformedEvent(`Not an event of an SQS queue: ${faults.join('; ')}`);
}
