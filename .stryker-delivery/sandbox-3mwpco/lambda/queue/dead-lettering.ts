// @ts-nocheck
import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { type BatchRequest, requestInBatches } from './batch-requests.ts';
import { bytesOf, groupingOf, toDeadLetter } from './dead-letter.ts';
import { failureOf, type Occasion } from './failure.ts';
import type { Settlement } from './settle.ts';

export type DeadLetterEntry = SendMessageBatchRequestEntry & { readonly Id: string };

/** Sends to the dead-letter queue; returns the ids that the queue confirmed. */
export type SendDeadLetters = BatchRequest<DeadLetterEntry>;

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
  const entries = settlements.flatMap(({ reading, verdict }, position) => {
    if (verdict.kind !== 'rejected') return [];
    const message = toDeadLetter(reading.record, failureOf(reading, verdict, occasion));
    return [{ Id: String(position), ...message, ...groupingOf(reading.record) }];
  });
  const failures = await requestInBatches<DeadLetterEntry>(entries, bytesOf, sendDeadLetters);
  return settlements.map((settlement, position) => {
    const failure = failures.get(String(position));
    if (failure === undefined) return settlement;
    const detail = `the dead-letter queue did not take the record: ${failure}`;
    return { ...settlement, verdict: { kind: 'retry', reason: 'DeadLetterFailed', detail } };
  });
}
