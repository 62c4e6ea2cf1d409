import type { SQSRecord } from 'aws-lambda';
import type { Received } from './message.ts';

/** A received message as Lambda hands it to the function. */
export function toRecord({ message, handle, receives, firstReceivedAt }: Received): SQSRecord {
  return {
    messageId: message.event.messageId,
    receiptHandle: handle,
    body: message.event.body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(message.sentAt),
      SenderId: 'producer',
      ApproximateFirstReceiveTimestamp: String(Math.floor(firstReceivedAt)),
    },
    messageAttributes: message.event.attributes,
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:image-updates',
    awsRegion: 'us-east-1',
  };
}
