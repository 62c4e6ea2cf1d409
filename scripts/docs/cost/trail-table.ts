import type { Verdict } from '../../../lambda/verdicts/verdict.ts';
import { table } from '../table.ts';
import { dollarsOf } from './prices.ts';
import { trailOf } from './trail-batch.ts';

const MILLION = 1_000_000;
const DEAD: Verdict = {
  ...{ kind: 'rejected', reason: 'Refused' },
  detail: 'HTTP 400: One or more images could not be updated since they were not found',
};

/** Batches of many sizes, and what their trail costs for a million events. */
export function trailTable(): string {
  const cases = [
    { records: 1, imagesPerEvent: 1 },
    { records: 10, imagesPerEvent: 1 },
    { records: 500, imagesPerEvent: 1 },
    { records: 500, imagesPerEvent: 1, verdict: DEAD },
    { records: 40, imagesPerEvent: 50 },
  ];
  const rows = cases.map((batch) => {
    const { records, imagesPerEvent, verdict } = batch;
    const { bytes, writeUnits } = trailOf(batch);
    const writes = (writeUnits / records) * MILLION;
    return [
      `${records}, ${imagesPerEvent === 1 ? 'one image' : `${imagesPerEvent} images`} each${verdict ? ', all dead-lettered' : ''}`,
      `${Math.round(bytes / records)}`,
      Math.round(writes).toLocaleString('en'),
      `$${dollarsOf({ trailWrite: writes }).toFixed(3)}`,
      `$${dollarsOf({ ledgerRead: trailReads(bytes, records) }).toFixed(4)}`,
    ];
  });
  return table(
    ['events in a batch', 'bytes an event', 'writes', 'to write', 'to read all once'],
    rows,
  );
}

/** Reads that need not be consistent cost half (AWS: DynamoDB, read and write capacity). */
function trailReads(bytes: number, records: number): number {
  return ((bytes / records) * MILLION) / 4_096 / 2;
}
