import { ChangeMessageVisibilityCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { temporaryFolder } from '../helpers/folder.ts';

async function start(folder: string) {
  const queues = await startQueues({
    ...{ visibilityTimeoutSeconds: 30, maxReceiveCount: 100, port: 0 },
    folder,
  });
  return { ...queues, [Symbol.asyncDispose]: queues.close };
}

test('a message that is released can be received again, before a restart and after it', async () => {
  await using folder = await temporaryFolder();
  {
    await using queues = await start(folder.path);
    await queues.send(['{}']);
    expect(await receivedAndReleased(queues)).toEqual({ body: '{}', receives: '1' });
    expect(await receivedAndReleased(queues)).toEqual({ body: '{}', receives: '2' });
  }
  await using queues = await start(folder.path);
  expect(await receivedAndReleased(queues)).toEqual({ body: '{}', receives: '3' });
});

async function receivedAndReleased({ client, queueUrl: QueueUrl }: LocalQueues) {
  const { Messages: [message] = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] }),
  );
  const { Body: body, ReceiptHandle, Attributes } = message ?? {};
  await client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
  );
  return { body, receives: Attributes?.ApproximateReceiveCount };
}
