import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';

/** What Lambda does with a batch: delete these records, and leave the others in the queue. */
export interface Disposal {
  readonly deleted: ReadonlySet<string>;
  /** Why nothing is deleted, where the answer could not be read. */
  readonly fault?: string;
}

const Response = z.union([
  z.null(),
  z.strictObject({}),
  z.strictObject({
    batchItemFailures: z.array(z.strictObject({ itemIdentifier: z.string().min(1) })).nullable(),
  }),
]);

/**
 * Reads the function's answer as Lambda does with `ReportBatchItemFailures` (AWS: Lambda with SQS,
 * error handling): null or an empty answer is success of the whole batch; invalid JSON, a wrong
 * key, and an empty or unknown identifier are failure of the whole batch.
 *
 * @param answer the answer as JSON text
 * @param messageIds every record of the batch
 */
export function disposalOf(answer: string, messageIds: readonly string[]): Disposal {
  const all = new Set(messageIds);
  const parsed = Response.safeParse(jsonOrUndefined(answer));
  if (!parsed.success)
    return { deleted: new Set(), fault: 'no JSON, a wrong key or an empty identifier' };
  const failures =
    parsed.data !== null && 'batchItemFailures' in parsed.data
      ? (parsed.data.batchItemFailures ?? [])
      : [];
  const unknown = failures.filter(({ itemIdentifier }) => !all.has(itemIdentifier));
  if (unknown.length > 0) return { deleted: new Set(), fault: 'an itemIdentifier is unknown' };
  return { deleted: all.difference(new Set(failures.map(({ itemIdentifier }) => itemIdentifier))) };
}
