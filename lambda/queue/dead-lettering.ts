import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { pack } from '../pack.ts';
import { bytesOf, MAX_MESSAGE_BYTES, toDeadLetter } from './dead-letter.ts';
import { failureOf, type Occasion } from './failure.ts';
import type { Settlement } from './settle.ts';

/**
 * The dead-letter queue as this function uses it.
 *
 * @returns the ids of the entries that the queue confirmed, and no others
 */
export type SendDeadLetters = (entries: readonly DeadLetterEntry[]) => Promise<ReadonlySet<string>>;

export type DeadLetterEntry = SendMessageBatchRequestEntry & { readonly Id: string };

/** (AWS: SendMessageBatch) */
const MAX_ENTRIES = 10;

/**
 * Sends what is rejected to the dead-letter queue. Only the queue's receipt makes a rejection
 * final; what it did not confirm goes back to the source queue, and may be sent twice but is
 * never lost.
 *
 * @returns all settlements, those without a receipt turned into retries
 */
export async function deadLetter(
  settlements: readonly Settlement[],
  sendDeadLetters: SendDeadLetters,
  occasion: Occasion,
): Promise<Settlement[]> {
  // Positional ids: the same messageId can stand twice in one batch.
  const entries = settlements.flatMap(({ reading, verdict }, position) =>
    verdict.kind === 'rejected'
      ? [
          {
            Id: String(position),
            ...toDeadLetter(reading.record, failureOf(reading, verdict, occasion)),
          },
        ]
      : [],
  );
  const limits = { maxItems: MAX_ENTRIES, maxBytes: MAX_MESSAGE_BYTES, sizeOf: bytesOf };
  const failures = new Map<string, string>();
  for (const chunk of pack<DeadLetterEntry>(entries, limits)) {
    for (const [id, why] of await unconfirmed(chunk, sendDeadLetters)) failures.set(id, why);
  }
  return settlements.map((settlement, position) => {
    const failure = failures.get(String(position));
    if (failure === undefined) return settlement;
    const detail = `the dead-letter queue did not take the record: ${failure}`;
    return { ...settlement, verdict: { kind: 'retry', reason: 'DeadLetterFailed', detail } };
  });
}

/** The entries without a receipt, each with why. A call that throws confirmed nothing. */
async function unconfirmed(
  entries: readonly DeadLetterEntry[],
  sendDeadLetters: SendDeadLetters,
): Promise<[id: string, why: string][]> {
  try {
    const confirmed = await sendDeadLetters(entries);
    return entries.flatMap(({ Id }) => (confirmed.has(Id) ? [] : [[Id, 'not confirmed']]));
  } catch (error) {
    const why = error instanceof Error ? error.name : typeof error;
    return entries.map(({ Id }) => [Id, why]);
  }
}
