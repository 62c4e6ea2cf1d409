import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { MAX_BATCH_BYTES, requestInBatches } from '../../lambda/queue/batch-requests.ts';
import { isFifo } from '../../lambda/queue/fifo-names.ts';

/**
 * Sends bodies as they are, in batches.
 *
 * @param group of all of them; on a FIFO queue each is one of its own where none is given
 * @returns the message ids, in the order of the bodies
 * @throws where the queue did not take one, naming its place among them
 */
export async function sendBodies(
  client: SQSClient,
  queueUrl: string,
  bodies: readonly string[],
  group: string | undefined,
): Promise<string[]> {
  const ids = new Map<string, string>();
  const entries = bodies.map((body, at) => ({
    Id: String(at),
    MessageBody: body,
    ...(group !== undefined && { MessageGroupId: group }),
    ...(isFifo(queueUrl) && {
      MessageGroupId: group ?? randomUUID(),
      MessageDeduplicationId: randomUUID(),
    }),
  }));
  const failures = await requestInBatches(
    entries,
    async (batch) => {
      const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...batch] });
      const { Successful = [] } = await client.send(command);
      for (const { Id = '', MessageId = '' } of Successful) ids.set(Id, MessageId);
      return new Set(ids.keys());
    },
    ({ MessageBody }) => Math.min(MAX_BATCH_BYTES, Buffer.byteLength(MessageBody)),
  );
  for (const [id, why] of failures) throw new Error(`body ${Number(id) + 1} was not sent: ${why}`);
  return entries.map(({ Id }) => ids.get(Id) ?? '');
}
