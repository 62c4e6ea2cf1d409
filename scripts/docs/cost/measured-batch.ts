import { createHash } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import { eventReader } from '../../../lambda/contract/image-event.ts';
import { parseRecord } from '../../../lambda/records/parse-record.ts';
import type { RecordOutcome } from '../../../lambda/settlement/settle.ts';
import type { Verdict } from '../../../lambda/verdicts/verdict.ts';

/** When the batch is settled, in milliseconds since 1970. */
export const AT = Date.parse('2026-11-26T13:00:05.000Z');
/** Half a batch a second. */
const MILLISECONDS_APART = 4;

/** A batch of which is measured what the function writes. */
export interface MeasuredBatch {
  readonly records: number;
  readonly imagesPerEvent: number;
  readonly verdict?: Verdict;
}

/**
 * The records of a batch: each event has an id, a source and a time, and the ids are UUIDs, of which nothing can
 * be compressed.
 */
export function recordsOf({ records, imagesPerEvent, verdict }: MeasuredBatch): RecordOutcome[] {
  return Array.from({ length: records }, (_, nth) =>
    outcomeOf(nth, imagesPerEvent, verdict ?? { kind: 'applied' }),
  );
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
export function uuid(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
