import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { until } from '../helpers/local-run.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

let queues: LocalQueues;
beforeAll(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 0, maxReceiveCount: 1, port: 0 });
});
afterAll(() => queues.close());

const receive = async (waitSeconds = 0) => {
  const command = new ReceiveMessageCommand({
    QueueUrl: queues.queueUrl,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: waitSeconds,
    MessageSystemAttributeNames: ['All'],
  });
  const { Messages = [] } = await queues.client.send(command);
  return Messages.map(({ Body, Attributes }) => [Body, Attributes?.MessageGroupId]);
};

test('a standard queue carries groups: of single messages and of batches, also to a consumer that waits', async () => {
  const waiting = receive(5);
  await queues.client.send(
    new SendMessageCommand({ QueueUrl: queues.queueUrl, MessageBody: 'a', MessageGroupId: 'one' }),
  );
  expect(await waiting).toEqual([['a', 'one']]);
  await queues.send(['b'], 'two');
  await queues.send(['c']);
  const stored = (await storedMessages(queues)).map(({ body, messageGroupId }) => [
    body,
    messageGroupId,
  ]);
  expect(stored).toEqual(
    expect.arrayContaining([
      ['b', 'two'],
      ['c', undefined],
    ]),
  );
});

test('and keeps the group of what it moves to the dead-letter queue', async () => {
  await queues.send(['d'], 'three');
  await until(async () => {
    await receive();
    return (await queues.deadLetters()).some(({ body }) => body === 'd');
  });
  const dead = (await queues.deadLetters()).find(({ body }) => body === 'd');
  expect(dead?.messageGroupId).toBe('three');
});
