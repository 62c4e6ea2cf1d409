import * as z from 'zod';
import { hoursIn, type TrailRecord } from '../../lambda/trail/read-trail.ts';
import type { Found } from './find-event.ts';
import type { Look } from './look-up.ts';

const DAY = 86_400_000;

/** Texts with commas between. */
const List = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .optional();

/** Which decisions are wanted: all that is given must hold. */
export const EventFilter = z.object({
  /** Milliseconds since 1970; a day before the end where it is left out. */
  since: z.number().optional(),
  /** The end; now where it is left out. */
  until: z.number().optional(),
  reason: List,
  verdict: List,
  source: z.string().optional(),
  account: z.string().optional(),
});
export type EventFilter = z.output<typeof EventFilter>;

/**
 * Finds what became of events, newest first.
 *
 * @param limit so many at most; nothing before them is read
 * @returns whether the period may hold more of them, too
 */
export async function findEvents(
  look: Look,
  { since, until, ...filter }: EventFilter,
  limit: number,
): Promise<Found & { readonly isMore: boolean }> {
  const records: TrailRecord[] = [];
  let left = 0;
  const take = (record: TrailRecord) => {
    if (!isWanted(record, filter)) return;
    if (records.length < limit) records.push(record);
    else left += 1;
  };
  const isFull = () => records.length >= limit;
  const to = until ?? Date.now();
  const period = { from: since ?? to - DAY, to };
  const reading = await look(period, { take, isEnough: isFull });
  const isMore = left > 0 || (isFull() && reading.hours < hoursIn(period));
  return { records, reading, isMore };
}

function isWanted(
  record: TrailRecord,
  { reason, verdict, source, account }: Omit<EventFilter, 'since' | 'until'>,
): boolean {
  return (
    (reason?.includes(record.reason ?? '') ?? true) &&
    (verdict?.includes(record.verdict) ?? true) &&
    (source ?? record.source) === record.source &&
    (account ?? record.account) === record.account
  );
}
