import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Batch, BatchEntry } from './batch.ts';
import type { ImageChange } from './event.ts';
import type { PublishResult } from './publish-result.ts';

/** Half a second doubling to 10 s, with chance: half a minute in all. Milliseconds. */
const RETRIES = 6;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

/**
 * Sends a batch, and sends the entries that the queue names in `Failed[]` again, until all are confirmed or
 * another attempt can't help. The SDK itself repeats requests that fail as a whole; if even that fails,
 * messages may still have arrived, with the same event id.
 *
 * @returns one result for each entry. Never rejects.
 */
export async function sendBatch<Change extends ImageChange>(
  client: SQSClient,
  queueUrl: string,
  { entries }: Batch<Change>,
): Promise<PublishResult<Change>[]> {
  const messageIds = new Map<string, string>();
  const causes = new Map<string, string>();
  const final = new Set<string>();

  const open = () =>
    entries.map(({ message }) => message).filter(({ Id }) => !messageIds.has(Id) && !final.has(Id));
  const attempt = async () => {
    const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: open() });
    const { Successful = [], Failed = [] } = await client.send(command);
    for (const { Id = '', MessageId = '' } of Successful) messageIds.set(Id, MessageId);
    for (const { Id = '', Code = 'unknown', SenderFault } of Failed) {
      causes.set(Id, Code);
      if (SenderFault === true) final.add(Id);
    }
  };

  let unreachable: string | undefined;
  try {
    await attempt();
    for (let retry = 0; retry < RETRIES && open().length > 0; retry += 1) {
      const wait = FIRST_WAIT * 2 ** retry * (1 + Math.random());
      await sleep(Math.min(LONGEST_WAIT, wait));
      await attempt();
    }
  } catch (error) {
    unreachable = nameOf(error);
  }
  return entries.map((entry) => resultOf(entry, messageIds, causes, unreachable));
}

function resultOf<Change extends ImageChange>(
  { change, event, message }: BatchEntry<Change>,
  messageIds: ReadonlyMap<string, string>,
  causes: ReadonlyMap<string, string>,
  unreachable: string | undefined,
): PublishResult<Change> {
  const eventId = event.id;
  const messageId = messageIds.get(message.Id);
  if (messageId !== undefined) return { change, status: 'sent', eventId, messageId };
  const cause = unreachable ?? causes.get(message.Id) ?? 'not confirmed';
  return { change, status: 'failed', eventId, cause };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
