import type { Message } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';

/** The attributes that SQS always gives with a message that is received with all of them. */
const Received = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z.looseObject({
    ApproximateReceiveCount: z.string(),
    SentTimestamp: z.string(),
    SenderId: z.string(),
    ApproximateFirstReceiveTimestamp: z.string(),
    MessageGroupId: z.string().optional(),
    MessageDeduplicationId: z.string().optional(),
    SequenceNumber: z.string().optional(),
  }),
});

/** Writes a message of the SDK as Lambda hands it over: other casing, binary values in base64. */
export function toRecord(message: Message, queueArn: string): SQSRecord {
  const { MessageId, ReceiptHandle, Body, MD5OfBody, Attributes } = Received.parse(message);
  const { MessageGroupId, MessageDeduplicationId, SequenceNumber } = Attributes;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    md5OfBody: MD5OfBody,
    attributes: {
      ApproximateReceiveCount: Attributes.ApproximateReceiveCount,
      SentTimestamp: Attributes.SentTimestamp,
      SenderId: Attributes.SenderId,
      ApproximateFirstReceiveTimestamp: Attributes.ApproximateFirstReceiveTimestamp,
      ...(MessageGroupId !== undefined && { MessageGroupId }),
      ...(MessageDeduplicationId !== undefined && { MessageDeduplicationId }),
      ...(SequenceNumber !== undefined && { SequenceNumber }),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(
        ([name, { DataType = 'String', StringValue, BinaryValue }]) => [
          name,
          {
            dataType: DataType,
            stringListValues: [],
            binaryListValues: [],
            ...(StringValue !== undefined && { stringValue: StringValue }),
            ...(BinaryValue && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
          },
        ],
      ),
    ),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}
