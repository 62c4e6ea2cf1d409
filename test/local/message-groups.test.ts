import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { until } from '../helpers/local-run.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

const SETTINGS = { visibilityTimeoutSeconds: 0, maxReceiveCount: 1, port: 0 };

let queues: LocalQueues;
beforeAll(async () => {
  queues = await startQueues(SETTINGS);
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

test.each([
  ['standard', false],
  ['FIFO', true],
])(
  'a %s queue that is kept in a folder has the groups of its messages after a restart',
  async (_kind, fifo) => {
    await using folder = await temporaryFolder();
    const settings = { ...SETTINGS, fifo, folder: folder.path };
    const first = await startQueues(settings);
    await first.send(['e'], 'four');
    await first.send(['f'], 'five');
    await first.close();
    const second = await startQueues(settings);
    const stored = await storedMessages(second);
    await second.close();
    expect(stored.map(({ body, messageGroupId }) => [body, messageGroupId])).toEqual([
      ['e', 'four'],
      ['f', 'five'],
    ]);
  },
);
