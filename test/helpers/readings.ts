import { eventReader } from '../../lambda/contract/image-event.ts';
import { type Reading, read } from '../../lambda/queue/reading.ts';
import { type RecordParts, sqsRecord } from './records.ts';

/** A record as the flow has read it, by the contract without limits. */
export function readingOf(parts: RecordParts = {}): Reading {
  return read(sqsRecord(parts), eventReader({}));
}
