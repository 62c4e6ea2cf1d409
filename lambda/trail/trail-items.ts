import { gzipSync } from 'node:zlib';
import { chunk } from '../general/chunk.ts';
import type { TrailEntry } from './trail-entry.ts';

/**
 * The version of items that this function writes. They change by addition only; one that must be read
 * in another way would have a higher one (read-trail.ts).
 */
export const TRAIL_VERSION = 1;

/**
 * JSON of so many bytes fits into an item of 400 KB (AWS: DynamoDB, constraints) with its other
 * attributes, even where nothing of it can be compressed. A usual batch is far below.
 */
const MAX_BYTES = 380_000;

const DAY = 86_400;

/** An item of the trail: what became of the records of an invocation, or of a part of them. */
export interface TrailItem {
  /** `2026-11-26T13`, in UTC: the partition. */
  readonly hour: string;
  /** Time, request id and number of the part: the place in the hour. */
  readonly place: string;
  readonly version: number;
  /** When the invocation had settled all, in milliseconds since 1970. */
  readonly at: number;
  readonly requestId: string;
  /** A gzip of a JSON list of entries (trail-entry.ts). */
  readonly entries: Uint8Array;
  /** In seconds since 1970 (AWS: DynamoDB time to live). */
  readonly expiresAt: number;
}

/** The invocation that a trail is of. */
export interface TrailInvocation {
  readonly requestId: string;
  /** When it had settled all, in milliseconds since 1970. */
  readonly at: number;
  /** How long its items are kept. */
  readonly trailDays: number;
}

/** The items that hold these entries: one, but for very large batches. */
export function trailItems(
  entries: readonly TrailEntry[],
  { requestId, at, trailDays }: TrailInvocation,
): TrailItem[] {
  const time = new Date(at).toISOString();
  const texts = entries.map((entry) => JSON.stringify(entry));
  // With the comma, or the bracket.
  const sizeOf = (text: string) => Buffer.byteLength(text) + 1;
  const parts = chunk(texts, { maxItems: Number.POSITIVE_INFINITY, maxBytes: MAX_BYTES, sizeOf });
  return parts.map((part, number) => ({
    hour: hourOf(at),
    place: `${time}#${requestId}#${number}`,
    version: TRAIL_VERSION,
    at,
    requestId,
    entries: gzipSync(`[${part.join(',')}]`),
    expiresAt: Math.ceil(at / 1_000) + trailDays * DAY,
  }));
}

/** The partition of a moment. @param at milliseconds since 1970 */
export function hourOf(at: number): string {
  return new Date(at).toISOString().slice(0, 13);
}
