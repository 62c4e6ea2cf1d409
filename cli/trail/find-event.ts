import type { TrailRecord } from '../../lambda/trail/read-trail.ts';
import { EventSearch } from './event-search.ts';
import { type Look, type Reading, USUAL_DAYS } from './look-up.ts';

/** Records of the trail, and what was read for them. */
export interface Found {
  readonly records: readonly TrailRecord[];
  readonly reading: Reading;
}

/**
 * Finds what became of an event.
 *
 * @param id its own, or that of a message or a dead letter of it
 * @param since milliseconds since 1970: everything until then is read, since the same id may have been
 *   sent before. Left out, it ends at the event's first sending, or after 30 days.
 */
export async function findEvent(look: Look, id: string, since?: number): Promise<Found> {
  const search = new EventSearch(id);
  const now = Date.now();
  const period = { from: since ?? now - USUAL_DAYS * 86_400_000, to: now };
  const isEnough = since === undefined ? search.isEnough : () => false;
  const reading = await look(period, { take: search.take, isEnough });
  return { records: search.found, reading };
}
