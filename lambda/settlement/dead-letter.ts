import type { MessageAttributeValue, SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import { MAX_BATCH_BYTES } from '../queue/batch-requests.ts';
import { FAILURE_ATTRIBUTE, type Failure, renderings } from './failure.ts';
import { isFifo, sqsIdOf } from './fifo.ts';

/** (AWS: SQS quotas, messages) */
const MAX_ATTRIBUTES = 10;

/** The shortest `failure` takes less, unless the event's own id is long, which is then in the message twice. */
const MAX_BYTES_OF_SHORTEST = 4_096;

/** The part of an entry that makes up its size. */
type Message = Pick<SendMessageBatchRequestEntry, 'MessageBody' | 'MessageAttributes'>;

/**
 * The dead letter of a record: body and message attributes verbatim, and `failure`, which
 * replaces an older one. Where there is no room for `failure` in any length, it is left out.
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
 * Whether a dead letter without `failure` would have had room for the shortest there can be. If so,
 * the function did not send it.
 */
export function hasRoomForFailure(letter: Message): boolean {
  const { MessageAttributes = {} } = letter;
  const names = Object.keys(MessageAttributes);
  const room = MAX_BATCH_BYTES - bytesOf(letter);
  return names.length < MAX_ATTRIBUTES && room > MAX_BYTES_OF_SHORTEST;
}

/**
 * The group of a record stays that of its dead letter, for a fair queue as well as for a FIFO one.
 * The dead-letter queue of a FIFO queue is FIFO too (AWS: dead-letter queues), and wants an id by
 * which it knows a message that is sent again: the record that was, not the event, since an event may
 * die more than once.
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

/** What SQS counts: the body and each attribute's name, type and value (AWS: SQS quotas). */
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
