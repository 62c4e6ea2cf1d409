import { randomUUID } from 'node:crypto';
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from 'aws-lambda';

/** What a test says of a record; everything else is as SQS and Lambda would fill it. */
export interface RecordParts {
  /** A text is the body as it is; anything else is written as JSON. */
  readonly body?: unknown;
  readonly messageId?: string;
  /** Milliseconds since 1970. */
  readonly sentTimestamp?: number;
  readonly receiveCount?: number;
  /** Milliseconds since 1970; else as it was sent. */
  readonly firstReceivedAt?: number;
  readonly messageAttributes?: SQSMessageAttributes;
  readonly eventSourceARN?: string;
  /** Of a FIFO queue, or of a standard one whose producers name their tenants. */
  readonly messageGroupId?: string;
}

export const SOURCE_QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:image-updates';
export const FIFO_QUEUE_ARN = `${SOURCE_QUEUE_ARN}.fifo`;

/** A record as Lambda hands it over. */
export function sqsRecord(parts: RecordParts = {}): SQSRecord {
  const sentTimestamp = String(parts.sentTimestamp ?? Date.parse('2026-11-23T10:00:00Z'));
  const body = parts.body ?? { guid: guid(1), title: 'A title' };
  return {
    messageId: parts.messageId ?? randomUUID(),
    receiptHandle: randomUUID(),
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: String(parts.receiveCount ?? 1),
      SentTimestamp: sentTimestamp,
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: String(parts.firstReceivedAt ?? sentTimestamp),
      ...(parts.messageGroupId !== undefined && { MessageGroupId: parts.messageGroupId }),
    },
    messageAttributes: parts.messageAttributes ?? {},
    md5OfBody: '00000000000000000000000000000000',
    eventSource: 'aws:sqs',
    eventSourceARN: parts.eventSourceARN ?? SOURCE_QUEUE_ARN,
    awsRegion: 'us-east-1',
  };
}

/** An invocation's payload. */
export function sqsEvent(...records: SQSRecord[]): SQSEvent {
  return { Records: records };
}

/** The n-th image of a test: a UUID that a person can tell from its neighbours. */
export function guid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** Which image such a guid is of. */
export function numberOf(guid: string): number {
  return Number(guid.slice(-12));
}
