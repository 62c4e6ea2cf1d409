import { marshall } from '@aws-sdk/util-dynamodb';
import { trailEntries } from '../../../lambda/trail/trail-entries.ts';
import { trailItems } from '../../../lambda/trail/trail-items.ts';
import { AT, type MeasuredBatch, recordsOf, uuid } from './measured-batch.ts';

/** (AWS: DynamoDB, read and write capacity) */
const BYTES_OF_WRITE = 1_024;

/** What the trail of a batch takes. */
export interface TrailSize {
  readonly bytes: number;
  readonly writeUnits: number;
}

/** Measures what the function itself writes for a batch. */
export function trailOf(batch: MeasuredBatch): TrailSize {
  const outcomes = recordsOf(batch);
  const invocation = { requestId: uuid('invocation'), at: AT, trailDays: 30 };
  const sizes = trailItems(trailEntries(outcomes), invocation).map((item) => sizeOf(item));
  return {
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    writeUnits: sizes.reduce((sum, size) => sum + Math.ceil(size / BYTES_OF_WRITE), 0),
  };
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
