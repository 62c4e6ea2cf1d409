import type { TrailPeriod, TrailRecord } from '../../lambda/trail/read-trail.ts';
import type { Trail } from '../aws/trail.ts';
import { momentOf } from '../terminal/moment.ts';
import { plural } from '../terminal/plural.ts';

/** The whole trail of the default settings. */
export const USUAL_DAYS = 30;

/** What was read of a trail. */
export interface Reading {
  /** Since when, RFC 3339. */
  readonly since: string;
  readonly hours: number;
  readonly items: number;
  readonly bytes: number;
  /** What DynamoDB charges for: half a unit for each 4 KB, and for each hour with less. */
  readonly readUnits: number;
  /** Items and entries of a later version, or damaged. */
  readonly unreadable: number;
}

/** What is looked for. */
export interface LookUp {
  /** Takes each record, newest hour first, in each hour the newest first. */
  readonly take: (record: TrailRecord) => void;
  /** Whether nothing of hours before this moment is wanted, in milliseconds since 1970. */
  readonly isEnough: (before: number) => boolean;
}

/** Reads a trail back over a period, as far as something is looked for. */
export type Look = (period: TrailPeriod, wanted: LookUp) => Promise<Reading>;

/** How a reading is ended, and who hears of each hour. */
export interface Watch {
  readonly stop: AbortSignal;
  readonly onHour?: (reading: Reading) => void;
}

/** Reads the trail of a period until it is enough, or until it is stopped. */
export async function lookUp(
  trail: Trail,
  period: TrailPeriod,
  { take, isEnough }: LookUp,
  { stop, onHour }: Watch,
): Promise<Reading> {
  const read = { hours: 0, items: 0, bytes: 0, readUnits: 0, unreadable: 0 };
  let since = momentOf(period.to);
  for await (const { records, startsAt, ...hour } of trail(period)) {
    for (const record of records) take(record);
    since = momentOf(Math.max(period.from, startsAt));
    read.hours += 1;
    read.items += hour.items;
    read.bytes += hour.bytes;
    read.readUnits += hour.readUnits;
    read.unreadable += hour.unreadable;
    onHour?.({ since, ...read });
    if (stop.aborted || isEnough(startsAt)) break;
  }
  return { since, ...read };
}

/** What was read, for people. */
export function renderReading(reading: Reading): string {
  const { since, hours, items, bytes, readUnits, unreadable } = reading;
  const cost = `${plural(items, 'item')}, ${kilobytes(bytes)}, ${unitsOf(readUnits)}`;
  const read = `Read back to ${since}: ${plural(hours, 'hour')}, ${cost}.`;
  if (unreadable === 0) return read;
  return `${read} ${plural(unreadable, 'item or entry')} could not be understood.`;
}

/** Units of reading, which DynamoDB charges for. */
export function unitsOf(count: number): string {
  return plural(Math.ceil(count), 'read unit');
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000).toLocaleString('en')} KB`;
}
