import { eventReader } from '../../lambda/contract/image-event.ts';
import { type ParsedRecord, parseRecord } from '../../lambda/records/parse-record.ts';
import { type RecordParts, sqsRecord } from './records.ts';

/** The contract without limits of length, and the default for clocks. */
export const READING = {
  readEvent: eventReader({}),
  limits: { clockAheadMinutes: 15, maxTimeAgeYears: 20 },
};

/** A record as the flow has read it, by the contract without limits. */
export function readingOf(parts: RecordParts = {}): ParsedRecord {
  return parseRecord(sqsRecord(parts), READING);
}
