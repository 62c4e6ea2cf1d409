import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import * as z from 'zod';
import { describeError, UsageError } from '../../../cli/errors.ts';
import { follow } from '../../../cli/tail/follow.ts';
import type { Occurrence } from '../../../cli/tail/occurrence.ts';
import { Guid } from '../../../lambda/contract/image.ts';
import type { Env } from '../env.ts';
import { input } from '../input.ts';

/** A browser opens six connections to an address at most: the page's other questions need some of them. */
const MAX_TAILS = 4;
/** Lines of one look at the log that are sent: the page shows no more, and a flood has ten thousands. */
const MAX_LINES = 500;
/** CloudWatch shows a line some seconds late: what a broken connection may have missed, in milliseconds. */
const OVERLAP = 30_000;

/** The longest look back. */
const MAX_MINUTES = 1_440;

const Tail = z.object({
  /** How far back it begins. */
  minutes: z.coerce.number().int().min(0).max(MAX_MINUTES),
  /** The time of the last line that is known, where it goes on; milliseconds since 1970. */
  after: z.string().optional(),
  reason: z.string().optional(),
  event: z.string().optional(),
  source: z.string().optional(),
  guid: z.string().optional(),
});

/** Something that happened, with the log's id of it. */
export type TailLine = Occurrence & { readonly id: string };

/** What happens, as `tail` tells it: a stream of server-sent events that ends with the page. */
export function createTail() {
  let open = 0;
  return new Hono<Env>().get('/tail', input('query', Tail), (c) => {
    // The head of a stream would hold a place that nobody gives back.
    if (c.req.method !== 'GET') throw new UsageError('a tail is asked for with GET');
    const { managed } = c.var;
    const { minutes, after, reason, event, source, guid } = c.req.valid('query');
    const since = beginning(c.req.header('last-event-id') ?? after, minutes, Date.now());
    const filter = () => ({
      reason: reason?.split(',').map((one) => one.trim()),
      event: event === undefined ? undefined : [event],
      guid: guid === undefined ? undefined : [guidIn(guid)],
      source,
    });
    return streamSSE(c, async (stream) => {
      open += 1;
      try {
        if (open > MAX_TAILS)
          throw new UsageError(`${MAX_TAILS} tails are open already: close one`);
        await stream.writeSSE({ event: 'following', data: '' });
        const span = { since, stop: c.req.raw.signal };
        for await (const told of follow(managed, managed.terminal, filter(), span)) {
          const lines = told
            .slice(-MAX_LINES)
            .map(({ id, occurrence }): TailLine => ({ ...occurrence, id }));
          const newest = Math.max(...told.map(({ at }) => at));
          await stream.writeSSE({ id: String(newest), data: JSON.stringify(lines) });
        }
      } catch (error) {
        const known = describeError(error);
        const data = known?.message ?? 'a defect of the console: its terminal shows more';
        await stream.writeSSE({ event: 'wrong', data });
        if (known === undefined) throw error;
      } finally {
        open -= 1;
      }
    });
  });
}

/** @param last the time of the last line that is known, as a browser sends it back; anything else counts as unknown */
function beginning(last: string | undefined, minutes: number, now: number): number {
  const known = last !== undefined && /^\d{1,15}$/.test(last) ? Number(last) - OVERLAP : undefined;
  const earliest = now - MAX_MINUTES * 60_000;
  return Math.min(now, Math.max(earliest, known ?? now - minutes * 60_000));
}

/** @throws {UsageError}, which the stream tells: a page can't read the answer that refuses one */
function guidIn(text: string): string {
  const { success, data } = Guid.safeParse(text);
  if (!success) throw new UsageError('that is no id of an image, which is a UUID');
  return data;
}
