import { chunk } from '../general/chunk.ts';
import { errorName } from '../general/error-name.ts';

/** At most 10 entries and 1 MiB a batch request (AWS: SendMessageBatch, SQS quotas). */
export const MAX_ENTRIES = 10;
export const MAX_BATCH_BYTES = 1_048_576;

/** Batch requests under way at once. */
const PARALLEL_REQUESTS = 10;

/**
 * One batch request. HTTP 200 may carry `Failed[]`, so only entries that it names as done count.
 *
 * @returns the ids of the entries that the queue confirmed, and no others
 */
export type BatchRequest<Entry, Done extends Confirmed = ReadonlySet<string>> = (
  entries: readonly Entry[],
) => Promise<Done>;

/** The ids of confirmed entries; a map says more about each. */
type Confirmed = Pick<ReadonlySet<string>, 'has'>;

/**
 * Sends entries in batch requests, some at once. After a whole request has failed, no more are sent:
 * each may take as long as the first, and the time is needed to answer Lambda.
 *
 * @param sizeOf bytes of an entry; left out where it holds no message, since the limit is for messages
 * @returns for each entry that was not confirmed the cause, by its id
 */
export async function requestInBatches<Entry extends { readonly Id: string }>(
  entries: readonly Entry[],
  request: BatchRequest<Entry, Confirmed>,
  sizeOf: (entry: Entry) => number = () => 0,
): Promise<Map<string, string>> {
  const batches = chunk(entries, { maxItems: MAX_ENTRIES, maxBytes: MAX_BATCH_BYTES, sizeOf });
  const failures = new Map<string, string>();
  let unreachable: string | undefined;
  for (let at = 0; at < batches.length; at += PARALLEL_REQUESTS) {
    const group = batches.slice(at, at + PARALLEL_REQUESTS);
    const answers = await Promise.all(
      group.map((batch) => unreachable ?? confirmedOf(batch, request)),
    );
    for (const [index, batch] of group.entries()) {
      const answer = answers[index] ?? 'no answer';
      for (const { Id } of batch) {
        if (typeof answer === 'string') failures.set(Id, answer);
        else if (!answer.has(Id)) failures.set(Id, 'not confirmed');
      }
    }
    unreachable ??= answers.find((answer) => typeof answer === 'string');
  }
  return failures;
}

/** The confirmed ids, or why the whole request failed. */
async function confirmedOf<Entry>(
  batch: readonly Entry[],
  request: BatchRequest<Entry, Confirmed>,
): Promise<Confirmed | string> {
  try {
    return await request(batch);
  } catch (error) {
    return errorName(error);
  }
}
