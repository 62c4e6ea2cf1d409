import { hoursIn, type TrailPeriod, type TrailRecord } from '../../lambda/trail/read-trail.ts';
import type { Trail } from '../aws/trail.ts';
import { momentOf } from '../terminal/moment.ts';
import { plural } from '../terminal/plural.ts';
import { startProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';

const HOUR = 3_600_000;
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

/** Reads the trail of a period until it is enough, or Ctrl-C is pressed. */
export async function lookUp(
  trail: Trail,
  period: TrailPeriod,
  { take, isEnough }: LookUp,
  terminal: Terminal,
): Promise<Reading> {
  const stop = terminal.interruption.defer();
  const bar = startProgress(terminal, hoursIn(period), 'Reading the trail');
  const read = { hours: 0, items: 0, bytes: 0, readUnits: 0, unreadable: 0 };
  let since = period.to;
  for await (const { records, startsAt, ...hour } of trail(period)) {
    for (const record of records) take(record);
    since = Math.max(period.from, startsAt);
    read.hours += 1;
    read.items += hour.items;
    read.bytes += hour.bytes;
    read.readUnits += hour.readUnits;
    read.unreadable += hour.unreadable;
    bar.advance(1, `${plural(read.hours, 'hour')} read, back to ${momentOf(since)}`);
    if (stop.aborted || isEnough(startsAt)) break;
  }
  bar.stop(`${plural(read.hours, 'hour')} read`);
  return { since: momentOf(since), ...read };
}

/** What was read, and what it would take to look further back, for people. */
export function renderReading(reading: Reading): string {
  const { since, hours, items, bytes, readUnits, unreadable } = reading;
  const cost = `${plural(items, 'item')}, ${kilobytes(bytes)}, ${units(readUnits)}`;
  const lines = [`Read back to ${since}: ${plural(hours, 'hour')}, ${cost}.`];
  if (unreadable > 0) lines.push(`${plural(unreadable, 'item or entry')} could not be understood.`);
  const all = USUAL_DAYS * (86_400_000 / HOUR);
  if (hours < all) {
    const more = (readUnits / Math.max(1, hours)) * all;
    lines.push(
      `--since ${USUAL_DAYS}d takes up to ${units(more)}; a million are $0.13 (docs/trail.md).`,
    );
  }
  return lines.join(' ');
}

function units(count: number): string {
  return plural(Math.ceil(count), 'read unit');
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000).toLocaleString('en')} KB`;
}
