import { createHash } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { eventReader } from '../../../lambda/contract/image-event.ts';
import { parseRecord } from '../../../lambda/records/parse-record.ts';
import type { RecordOutcome } from '../../../lambda/settlement/settle.ts';
import { trailEntries } from '../../../lambda/trail/trail-entries.ts';
import { trailItems } from '../../../lambda/trail/trail-items.ts';
import type { Verdict } from '../../../lambda/verdicts/verdict.ts';

/** (AWS: DynamoDB, read and write capacity) */
const BYTES_OF_WRITE = 1_024;
const AT = Date.parse('2026-11-26T13:00:05.000Z');
/** Half a batch a second. */
const MILLISECONDS_APART = 4;

/** A batch of which a trail is kept. */
export interface TrailBatch {
  readonly records: number;
  readonly imagesPerEvent: number;
  readonly verdict?: Verdict;
}

/** What the trail of a batch takes. */
export interface TrailSize {
  readonly bytes: number;
  readonly writeUnits: number;
}

/**
 * Measures what the function itself writes for a batch: each event has an id, a source and a time, and the
 * ids are UUIDs, of which nothing can be compressed.
 */
export function trailOf({ records, imagesPerEvent, verdict }: TrailBatch): TrailSize {
  const outcomes = Array.from({ length: records }, (_, nth) =>
    outcomeOf(nth, imagesPerEvent, verdict ?? { kind: 'applied' }),
  );
  const invocation = { requestId: uuid('invocation'), at: AT, trailDays: 30 };
  const sizes = trailItems(trailEntries(outcomes), invocation).map((item) => sizeOf(item));
  return {
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    writeUnits: sizes.reduce((sum, size) => sum + Math.ceil(size / BYTES_OF_WRITE), 0),
  };
}

function outcomeOf(nth: number, imagesPerEvent: number, verdict: Verdict): RecordOutcome {
  const images = Array.from({ length: imagesPerEvent }, (_, image) => ({
    guid: uuid(`image ${nth} ${image}`),
    title: 'A title',
  }));
  const sentAt = AT - 5_000 + nth * MILLISECONDS_APART;
  const time = new Date(sentAt - 250).toISOString();
  const body = JSON.stringify({ id: uuid(`event ${nth}`), source: 'urn:shop', time, images });
  const parsed = parseRecord(recordOf(uuid(`message ${nth}`), body, sentAt), READING);
  const isDead = verdict.kind === 'rejected';
  const deadLetter = { messageId: uuid(`letter ${nth}`) };
  return { parsed, verdict, ...(isDead && { deadLetter }) };
}

const READING = {
  readEvent: eventReader({}),
  limits: { clockAheadMinutes: 15, maxTimeAgeYears: 20 },
};

function recordOf(messageId: string, body: string, sentAt: number): SQSRecord {
  return {
    messageId,
    body,
    receiptHandle: '',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(sentAt),
      ApproximateFirstReceiveTimestamp: String(sentAt),
      SenderId: '',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:image-updates',
    awsRegion: 'us-east-1',
  };
}

/** A UUID that is as good as any, and the same each time. */
function uuid(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

/** Names and values, as DynamoDB counts them (AWS: DynamoDB, item sizes); numbers at their most. */
function sizeOf(item: object): number {
  return Object.entries(marshall(item)).reduce((bytes, [name, { S, B }]) => {
    const value = B?.byteLength ?? (S === undefined ? NUMBER_BYTES : Buffer.byteLength(S));
    return bytes + Buffer.byteLength(name) + value;
  }, 0);
}

/** Of a moment in milliseconds. */
const NUMBER_BYTES = 8;
