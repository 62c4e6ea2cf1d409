import { Hono } from 'hono';
import * as z from 'zod';
import { trailOf } from '../../../cli/aws/trail.ts';
import { findEvent } from '../../../cli/trail/find-event.ts';
import { EventFilter, findEvents } from '../../../cli/trail/find-events.ts';
import { findImage } from '../../../cli/trail/find-image.ts';
import { type Look, lookUp, renderReading } from '../../../cli/trail/look-up.ts';
import { isAtFault, jsonOf } from '../../../cli/trail/timeline.ts';
import { Guid } from '../../../lambda/contract/image.ts';
import type { Env } from '../env.ts';
import { input } from '../input.ts';
import type { Managed } from '../managed.ts';
import { eventDetail } from '../trail/event-detail.ts';
import { showingOf } from '../trail/shown-decision.ts';

const HOUR = 3_600_000;
/** The longest that a trail can be kept (lambda/config.ts). */
const MAX_HOURS = 3_650 * 24;
/** Rows that the page shows; for more there is `event list`. */
const MAX_ROWS = 1_000;

const Hours = z.coerce.number().int().min(1).max(MAX_HOURS);

/** A time that people type, or copy from the page. */
const Moment = z
  .string()
  .transform((text) => text.replace(' ', 'T'))
  .pipe(z.iso.datetime({ offset: true, error: 'no time like 2026-11-26 02:10:00Z' }))
  .transform((text) => Date.parse(text));

const Events = EventFilter.omit({ since: true }).extend({
  until: Moment.optional(),
  hours: Hours,
  limit: z.coerce.number().int().min(1).max(MAX_ROWS),
});

/** What became of events, as `event` and `image --history` say it. */
export const trail = new Hono<Env>()
  .get(
    '/trail/event',
    input('query', z.object({ id: z.string().min(1), hours: Hours.optional() })),
    async (c) => {
      const { managed } = c.var;
      const { id, hours } = c.req.valid('query');
      const since = hours && Date.now() - hours * HOUR;
      const found = await findEvent(await lookInto(managed, c.req.raw.signal), id, since);
      return c.json(eventDetail(found, managed.snapshot));
    },
  )
  .get('/trail/image', input('query', z.object({ guid: Guid, hours: Hours })), async (c) => {
    const { managed } = c.var;
    const { guid, hours } = c.req.valid('query');
    const look = await lookInto(managed, c.req.raw.signal);
    const { records, reading } = await findImage(look, guid, Date.now() - hours * HOUR);
    const show = showingOf(records, managed.snapshot);
    const rows = records.slice(-MAX_ROWS).map((record) => ({
      ...show(jsonOf(record)),
      isAtFault: isAtFault(record, guid),
    }));
    const rowsLeft = records.length - rows.length;
    return c.json({ rows, rowsLeft, reading: renderReading(reading) });
  })
  .get('/trail/events', input('query', Events), async (c) => {
    const { managed } = c.var;
    const { hours, limit, until = Date.now(), ...filter } = c.req.valid('query');
    const look = await lookInto(managed, c.req.raw.signal);
    const period = { since: until - hours * HOUR, until };
    const { records, reading, isMore } = await findEvents(look, { ...filter, ...period }, limit);
    const rows = records.map(jsonOf).map(showingOf(records, managed.snapshot));
    return c.json({ rows, isMore, reading: renderReading(reading) });
  });

/** @param stop ends the reading when nobody waits for it any more */
async function lookInto({ deployment, clients }: Managed, stop: AbortSignal): Promise<Look> {
  const read = await trailOf(deployment, clients.dynamoDb);
  return (period, wanted) => lookUp(read, period, wanted, { stop });
}
