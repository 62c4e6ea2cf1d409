import * as z from 'zod';
import type { HttpServer } from '../http-server.ts';
import { startJsonService } from './json-service.ts';
import { LOG_GROUP } from './lambda-api.ts';

/** Lines that are kept; CloudWatch keeps them for as long as the log group says. */
const KEPT = 10_000;
/** At most so many events in one answer (AWS: FilterLogEvents). */
const MAX_LIMIT = 10_000;

const FilterLogEvents = z.object({
  logGroupName: z.literal(LOG_GROUP),
  startTime: z.number().default(0),
  limit: z.number().min(1).max(MAX_LIMIT).default(MAX_LIMIT),
  nextToken: z.coerce.number().default(0),
});

/** A CloudWatch Logs that knows `FilterLogEvents` without patterns, and one log group. */
export interface LocalLog extends HttpServer {
  /** Keeps a line of the function. */
  readonly add: (line: string) => void;
}

/** Starts it on 127.0.0.1. @param port 0 for a free one */
export async function startLogApi(port: number): Promise<LocalLog> {
  const events: { eventId: string; timestamp: number; message: string }[] = [];
  let added = 0;
  const server = await startJsonService((action, content) => {
    const { data } = FilterLogEvents.safeParse(content);
    if (action !== 'Logs_20140328.FilterLogEvents' || data === undefined) {
      return [400, { __type: 'ResourceNotFoundException', message: `not here: ${action}` }];
    }
    const found = events.filter(
      ({ timestamp, eventId }) => timestamp >= data.startTime && Number(eventId) > data.nextToken,
    );
    const page = found.slice(0, data.limit);
    const rest = found.length > page.length && { nextToken: page.at(-1)?.eventId };
    return [200, { events: page, ...rest }];
  }, port);
  return {
    ...server,
    add: (message) => {
      added += 1;
      events.push({ eventId: String(added), timestamp: Date.now(), message });
      if (events.length > KEPT) events.shift();
    },
  };
}
