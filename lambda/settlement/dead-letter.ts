import type { MessageAttributeValue, SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import { MAX_BATCH_BYTES } from '../queue/batch-requests.ts';
import { isFifo, sqsIdOf } from '../queue/fifo-names.ts';
import { FAILURE_ATTRIBUTE, type Failure, renderings } from './failure.ts';

/** (AWS: SQS quotas, messages) */
const MAX_ATTRIBUTES = 10;

/** More than the shortest `failure` takes, unless the event's own id is long. */
const MAX_BYTES_OF_SHORTEST = 4_096;

/** The part of an entry that makes up its size. */
type Message = Pick<SendMessageBatchRequestEntry, 'MessageBody' | 'MessageAttributes'>;

/**
 * The dead letter of a record: body and message attributes as they are, and `failure`, which replaces an
 * older one. Where even the shortest `failure` has no room, it is left out.
 */
export function toDeadLetter(record: SQSRecord, failure: Failure): Required<Message> {
  const { [FAILURE_ATTRIBUTE]: _, ...kept } = toSdkAttributes(record.messageAttributes);
  const bare = { MessageBody: record.body, MessageAttributes: kept };
  if (Object.keys(kept).length >= MAX_ATTRIBUTES) return bare;
  const candidates = renderings(failure).map((text) => ({
    MessageBody: record.body,
    MessageAttributes: {
      ...kept,
      [FAILURE_ATTRIBUTE]: { DataType: 'String', StringValue: text },
    },
  }));
  return candidates.find((message) => bytesOf(message) <= MAX_BATCH_BYTES) ?? bare;
}

/**
 * Whether a dead letter without `failure` has room for the shortest one. If so, the function did not
 * send it.
 */
export function hasRoomForFailure(letter: Message): boolean {
  const { MessageAttributes = {} } = letter;
  const names = Object.keys(MessageAttributes);
  const room = MAX_BATCH_BYTES - bytesOf(letter);
  return names.length < MAX_ATTRIBUTES && room > MAX_BYTES_OF_SHORTEST;
}

/**
 * A dead letter keeps the group of its record, in fair queues as well as in FIFO queues. The dead-letter
 * queue of a FIFO queue is FIFO too (AWS: dead-letter queues), and needs a deduplication id: that of the
 * record, not of the event, since an event may be dead-lettered more than once.
 */
export function groupingOf({
  messageId,
  attributes,
  eventSourceARN,
}: SQSRecord): Pick<SendMessageBatchRequestEntry, 'MessageGroupId' | 'MessageDeduplicationId'> {
  const { MessageGroupId } = attributes;
  if (MessageGroupId === undefined) return {};
  if (!isFifo(eventSourceARN)) return { MessageGroupId };
  return { MessageGroupId, MessageDeduplicationId: sqsIdOf(messageId) };
}

/** The size that SQS counts: the body and each attribute's name, type and value (AWS: SQS quotas). */
export function bytesOf({ MessageBody = '', MessageAttributes = {} }: Message): number {
  return Object.entries(MessageAttributes).reduce(
    (bytes, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      bytes +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (BinaryValue?.byteLength ?? Buffer.byteLength(StringValue)),
    Buffer.byteLength(MessageBody),
  );
}

/** Lambda's casing and base64 to the SDK's. */
function toSdkAttributes(attributes: SQSMessageAttributes): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      binaryValue === undefined
        ? { DataType: dataType, StringValue: stringValue }
        : { DataType: dataType, BinaryValue: Buffer.from(binaryValue, 'base64') },
    ]),
  );
}
