import type { TrailRecord } from '../../lambda/trail/read-trail.ts';
import type { Found } from './find-event.ts';
import type { Look } from './look-up.ts';

const WEEK = 7 * 86_400_000;

/**
 * Finds what became of every event that changes an image, oldest first.
 *
 * @param since milliseconds since 1970; a week ago where it is left out
 */
export async function findImage(look: Look, guid: string, since?: number): Promise<Found> {
  const found: TrailRecord[] = [];
  const take = (record: TrailRecord) => {
    if (record.guids.includes(guid)) found.push(record);
  };
  const now = Date.now();
  const period = { from: since ?? now - WEEK, to: now };
  const reading = await look(period, { take, isEnough: () => false });
  return { records: found.toSorted((one, other) => one.at - other.at), reading };
}
