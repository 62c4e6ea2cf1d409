import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { LogLine } from '../aws/log-lines.ts';
import { momentOf } from '../terminal/moment.ts';

const Count = z.int().min(0);

/** The function logs each dead letter by itself, since each needs a person (lambda/runtime). */
const DeadLettered = z
  .object({
    message: z.literal('Record dead-lettered'),
    reason: z.string(),
    detail: z.string(),
    messageId: z.string(),
    origin: z.object({ id: z.string().nullable() }),
    // What older functions do not log.
    source: z.string().optional(),
    guids: z.array(z.string()).default([]),
    deadLetter: z.object({ messageId: z.string() }).optional(),
  })
  .transform(({ reason, detail, messageId, origin, source, guids, deadLetter }) => ({
    kind: 'deadLettered' as const,
    ...{ reason, detail, messageId, eventId: origin.id, guids },
    ...(source !== undefined && { source }),
    ...(deadLetter && { letterId: deadLetter.messageId }),
  }));

/** Records that come back, one line for each reason. */
const Returned = z
  .object({
    message: z.literal('Records returned to the queue'),
    reason: z.string(),
    records: Count,
    detail: z.string(),
  })
  .transform(({ message: _, ...rest }) => ({ kind: 'returned' as const, ...rest }));

/** The counts of an invocation: all that is logged of what went well. */
const Batch = z
  .object({
    message: z.literal('Batch processed'),
    records: Count,
    images: Count.default(0),
    unchanged: Count.default(0),
    superseded: Count.default(0),
    calls: Count.default(0),
    reasons: z.record(z.string(), Count).default({}),
  })
  .transform(({ message: _, ...rest }) => ({ kind: 'batch' as const, ...rest }));

const Warning = z
  .object({
    message: z.string(),
    level: z.enum(['WARN', 'ERROR', 'CRITICAL']),
    error: z.string().optional(),
  })
  .transform(({ message, error }) => ({
    kind: 'warning' as const,
    detail: error === undefined ? message : `${message}: ${error}`,
  }));

const Logged = z.union([DeadLettered, Returned, Batch, Warning]);

/** Something that happened, and when: RFC 3339. */
export type Occurrence = z.output<typeof Logged> & { readonly time: string };

/** What a line of the log tells; undefined of metrics and of Lambda's own lines. */
export function occurrenceIn({ at, text }: LogLine): Occurrence | undefined {
  const { data } = Logged.safeParse(jsonOrUndefined(text));
  return data && { time: momentOf(at), ...data };
}

/** What `tail` is to tell; everything by default. */
export interface TailFilter {
  readonly reason?: readonly string[] | undefined;
  readonly event?: readonly string[] | undefined;
  readonly guid?: readonly string[] | undefined;
  readonly source?: string | undefined;
}

/** Whether something that happened is wanted. Batches and warnings are of no single event. */
export function isWanted(
  occurrence: Occurrence,
  { text }: LogLine,
  { reason, event, guid, source }: TailFilter,
): boolean {
  const ofReason = 'reason' in occurrence ? occurrence.reason : '';
  const letter = occurrence.kind === 'deadLettered' ? occurrence : undefined;
  const ids = [letter?.messageId, letter?.eventId, letter?.letterId];
  return (
    (source === undefined || letter?.source === source) &&
    (reason === undefined || reason.includes(ofReason)) &&
    (event === undefined || event.some((id) => ids.includes(id))) &&
    (guid === undefined || guid.some((one) => text.toLowerCase().includes(one)))
  );
}
