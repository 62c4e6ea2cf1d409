import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { HttpServer } from '../http-server.ts';
import { startJsonService } from './json-service.ts';
import { LOCAL_CREDENTIALS } from './queues.ts';

/** The account of everything on this machine. */
const ACCOUNT = '000000000000';

/** The only bus. */
export const LOCAL_BUS_ARN = `arn:aws:events:${LOCAL_CREDENTIALS.AWS_REGION}:${ACCOUNT}:event-bus/default`;

/** (AWS: EventBridge PutEvents) */
const MAX_ENTRIES = 10;

const Entry = z.object({
  EventBusName: z.literal([LOCAL_BUS_ARN, 'default']),
  Source: z.string().min(1),
  DetailType: z.string().min(1),
  /** Seconds since 1970. */
  Time: z.number(),
  Detail: z.string(),
});
const PutEvents = z.object({ Entries: z.array(Entry).min(1).max(MAX_ENTRIES) });
type Entry = z.output<typeof Entry>;

/** An event as a rule of the bus hands it to its target. */
export type BusEvent = ReturnType<typeof eventOf>;

/** An EventBridge that knows `PutEvents` and one rule, which matches everything. */
export interface LocalBus extends HttpServer {
  /** What the bus took, oldest first. */
  readonly events: readonly BusEvent[];
  /** Answers a request in the place of the bus; undefined lets it through. */
  intercept: ((entries: readonly Entry[]) => Promise<BusAnswer | undefined>) | undefined;
}

/** An answer of HTTP, and whether the bus takes an entry. */
export interface BusAnswer {
  readonly status?: number;
  /** The error code of an entry that is not taken, by its position. */
  readonly refuse?: (position: number) => string | undefined;
}

interface BusOptions {
  readonly port?: number;
  /** Takes each event, as the target of a rule does. */
  readonly onEvent?: ((event: BusEvent) => void) | undefined;
}

/** Starts it on 127.0.0.1. */
export async function startEventBus({ port = 0, onEvent }: BusOptions = {}): Promise<LocalBus> {
  const events: BusEvent[] = [];
  const server = await startJsonService(async (action, content) => {
    const { data } = PutEvents.safeParse(content);
    if (action !== 'AWSEvents.PutEvents' || data === undefined) {
      return [400, { __type: 'ValidationException', message: `not here: ${action}` }];
    }
    const { status = 200, refuse } = (await bus.intercept?.(data.Entries)) ?? {};
    if (status !== 200) return [status, { __type: 'InternalException' }];
    const Entries = data.Entries.map((entry, position) => {
      const ErrorCode = refuse?.(position);
      if (ErrorCode !== undefined) return { ErrorCode, ErrorMessage: 'refused' };
      const event = eventOf(entry);
      events.push(event);
      onEvent?.(event);
      return { EventId: event.id };
    });
    const FailedEntryCount = Entries.filter(({ EventId }) => EventId === undefined).length;
    return [200, { FailedEntryCount, Entries }];
  }, port);
  const bus: LocalBus = { ...server, events, intercept: undefined };
  return bus;
}

/** (AWS: EventBridge, events) */
function eventOf({ Source, DetailType, Time, Detail }: Entry) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: ACCOUNT,
    time: new Date(Time * 1_000).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: LOCAL_CREDENTIALS.AWS_REGION,
    resources: [],
    detail: jsonOrUndefined(Detail),
  };
}
