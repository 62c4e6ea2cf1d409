import { createHash } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** When the first of all records was sent, in milliseconds since 1970. */
const FIRST_SENDING = Date.parse('2026-11-23T10:00:00Z');

/** The n-th image. */
export function guidOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** The n-th record as Lambda hands it over, sent a millisecond after the one before. */
export function recordOf(n: number, event: unknown): SQSRecord {
  const sentTimestamp = String(FIRST_SENDING + n);
  return {
    messageId: uuidOf(`message ${n}`),
    receiptHandle: createHash('sha512').update(`receipt ${n}`).digest('base64').repeat(4),
    body: JSON.stringify(event),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: sentTimestamp,
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: sentTimestamp,
    },
    messageAttributes: {},
    md5OfBody: '098f6bcd4621d373cade4e832627b4f6',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:image-updates',
    awsRegion: 'us-east-1',
  };
}

/** Records of one invocation, each an event of about 200 bytes for an image of its own. */
export function plainEvents(records: number): SQSEvent {
  return { Records: Array.from({ length: records }, (_, n) => recordOf(n, plainEvent(n))) };
}

function plainEvent(n: number) {
  return {
    guid: uuidOf(`image ${n}`),
    title: `Lighthouse at dusk, no. ${n}`,
    description: `Giclée print no. ${n}`,
    id: `product-updated-${n}`,
    time: new Date(FIRST_SENDING + n).toISOString(),
  };
}

/** A UUID as a random one looks, and always the same one for a name. */
function uuidOf(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5');
}
