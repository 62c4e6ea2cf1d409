import type { DeleteMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { type BatchRequest, requestInBatches } from '../queue/batch-requests.ts';
import { type RecordOutcome, returnedIds } from './settle.ts';

export type DeleteEntry = DeleteMessageBatchRequestEntry & { readonly Id: string };

/** Deletes messages; returns the ids that the queue confirmed. */
export type DeleteMessages = BatchRequest<DeleteEntry>;

/**
 * Deletes records that are done now, and not when Lambda has the response, because the next records may
 * kill the process. Never throws: Lambda deletes the others, or they come again and the ledger knows them.
 *
 * @param outcomes whose rejections the dead-letter queue has confirmed
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
  await requestInBatches<DeleteEntry>(entries, deleteMessages);
}
