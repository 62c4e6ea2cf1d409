import type { DeleteMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { type BatchRequest, requestInBatches } from '../queue/batch-requests.ts';
import { type RecordOutcome, returnedIds } from './settle.ts';

export type DeleteEntry = DeleteMessageBatchRequestEntry & { readonly Id: string };

/** Deletes messages; returns the ids that the queue confirmed. */
export type DeleteMessages = BatchRequest<DeleteEntry>;

/**
 * Deletes what is done at once, and not when Lambda has the answer: so that what comes next can't take
 * it back by killing the process. Never throws: what is not deleted here Lambda deletes, or it comes
 * again and is known to the ledger.
 *
 * @param settlements whose rejections the dead-letter queue has confirmed
 */
export async function deleteDone(
  outcomes: readonly RecordOutcome[],
  deleteMessages: DeleteMessages,
): Promise<void> {
  const returned = returnedIds(outcomes);
  const entries = outcomes.flatMap(({ parsed: { record } }, position) =>
    returned.has(record.messageId)
      ? []
      : [{ Id: String(position), ReceiptHandle: record.receiptHandle }],
  );
  await requestInBatches<DeleteEntry>(entries, () => 0, deleteMessages);
}
