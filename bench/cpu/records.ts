import { createHash } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { PeerEvent } from '../peers/event.ts';

const FIRST_SENDING = Date.parse('2026-11-23T10:00:00Z');

/** Records of one invocation, each an event of about 200 bytes for an image of its own. */
export function eventOf(records: number): SQSEvent {
  return { Records: Array.from({ length: records }, (_, n) => recordOf(n, plainEvent(n))) };
}

/** One invocation carries at most 6 MB of payload (AWS: Lambda quotas). */
const MAX_PAYLOAD_BYTES = 6_000_000;
/** A message holds at most 1 MiB (AWS: SQS quotas); so many images fit with room to spare. */
const IMAGES_OF_LARGE_EVENT = 6_000;

/** The largest invocations there can be, of events of one image and of as many as a message holds. */
export const PAYLOADS = {
  'small events': () => largest((n) => plainEvent(n)),
  'large events': () =>
    largest((n) => {
      const first = n * IMAGES_OF_LARGE_EVENT;
      return {
        images: Array.from({ length: IMAGES_OF_LARGE_EVENT }, (_, at) => imageOf(first + at)),
      };
    }),
} as const;

export const PAYLOAD_NAMES = [
  'small events',
  'large events',
] as const satisfies (keyof typeof PAYLOADS)[];

/** As many records as fit. */
function largest(eventOfNth: (n: number) => unknown): SQSEvent {
  const Records: SQSRecord[] = [];
  for (let bytes = 0; ; ) {
    const record = recordOf(Records.length, eventOfNth(Records.length));
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes > MAX_PAYLOAD_BYTES) return { Records };
    Records.push(record);
  }
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

/** The n-th image of the catalogue, with both texts. */
function imageOf(n: number): PeerEvent {
  return {
    guid: uuidOf(`image ${n}`),
    title: `Lighthouse at dusk, no. ${n}`,
    description: `Giclée print no. ${n}`,
  };
}

function plainEvent(n: number) {
  const time = new Date(FIRST_SENDING + n).toISOString();
  return { ...imageOf(n), id: `product-updated-${n}`, time };
}

/** A UUID as a random one looks, and always the same one for a name. */
function uuidOf(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5');
}
