import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { jsonOrUndefined } from '../lambda/general/json-or-undefined.ts';
import { parseRecord } from '../lambda/records/parse-record.ts';
import { guidsIn } from './events.ts';
import { READING } from './wanted-images.ts';

/** What became of an event, or of a batch of them that comes back. */
export type Settled =
  | { readonly outcome: 'done'; readonly messageId: string; readonly guids: readonly string[] }
  | {
      readonly outcome: 'deadLettered';
      readonly messageId: string;
      readonly guids: readonly string[];
      readonly reason: string;
      readonly detail: string;
    }
  | { readonly outcome: 'returned'; readonly events: number; readonly reason: string };

/** What the function logs of records that it did not get done (lambda/runtime/telemetry.ts). */
const DeadLettered = z.object({
  message: z.literal('Record dead-lettered'),
  messageId: z.string(),
  reason: z.string(),
  detail: z.string(),
});
const Returned = z.object({
  message: z.literal('Records returned to the queue'),
  reason: z.string(),
  detail: z.string(),
});
const Line = z.union([DeadLettered, Returned]);

/**
 * Says of each event what became of it, once it has left the queue. The function logs each dead letter by
 * itself and returned records by reason, and nothing of what went well: that is left.
 */
export class SettledEvents {
  readonly ids = new Set<string>();
  readonly #emit: (settled: Settled) => void;
  readonly #dead = new Map<string, z.output<typeof DeadLettered>>();
  /** Of the records that are about to come back. */
  #returned: string[] = [];

  constructor(emit: (settled: Settled) => void) {
    this.#emit = emit;
  }

  /** Reads a line that the function wrote. */
  readonly readLine = (line: string): void => {
    const { data } = Line.safeParse(jsonOrUndefined(line));
    if (data?.message === 'Record dead-lettered') this.#dead.set(data.messageId, data);
    else if (data !== undefined) this.#returned.push(`${data.reason}: ${data.detail}`);
  };

  /** A record left the queue. */
  readonly deleted = (record: SQSRecord): void => {
    const { messageId } = record;
    this.ids.add(messageId);
    const about = { messageId, guids: imagesOf(record) };
    const dead = this.#dead.get(messageId);
    this.#dead.delete(messageId);
    if (dead === undefined) this.#emit({ outcome: 'done', ...about });
    else {
      const { reason, detail } = dead;
      this.#emit({ outcome: 'deadLettered', ...about, reason, detail });
    }
  };

  /** Records stay in the queue. @param why what the event source knows, where the function said nothing */
  readonly returned = (messageIds: readonly string[], why: string): void => {
    const reasons = this.#returned.splice(0);
    if (messageIds.length === 0) return;
    for (const id of messageIds) this.ids.add(id);
    const reason = reasons.length === 0 ? why : reasons.join('; ');
    this.#emit({ outcome: 'returned', events: messageIds.length, reason });
  };
}

/** Those that an event is about; of one that breaks the contract, those that it seems to name. */
function imagesOf(record: SQSRecord): string[] {
  const guids = new Set(parseRecord(record, READING).changes.map(({ guid }) => guid));
  return guids.size > 0 ? [...guids] : guidsIn([record.body]);
}

/** A line for people. */
export function renderSettled(settled: Settled): string {
  if (settled.outcome === 'returned') {
    return `returned       ${settled.events}: ${settled.reason}`;
  }
  const { outcome, messageId, guids } = settled;
  const about = `${messageId}  ${guids.join(' ')}`;
  return outcome === 'done'
    ? `done           ${about}`
    : `dead-lettered  ${about}\n               ${settled.reason}: ${settled.detail}`;
}
