import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FORBIDDEN_CHARACTER } from '../../lambda/queue/sqs-text.ts';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { refusalBySqs } from '../../local/aws/refusal-by-sqs.ts';

let queues: LocalQueues;
beforeAll(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 10, port: 0 });
});
afterAll(() => queues.close());

const send = (body: string) =>
  queues.client.send(new SendMessageCommand({ QueueUrl: queues.queueUrl, MessageBody: body }));

describe('the local queue', () => {
  test.each([
    ['an emoji', 'Blue Heron 🦩'],
    ['an emoji of several characters', '👩🏽‍🚀'],
    ['the first character beyond U+FFFF', '\u{10000}'],
    ['the last there is', '\u{10FFFF}'],
    ['the last before those that none may hold', '\uFFFD'],
  ])('takes %s, and gives it back as it was', async (_name, body) => {
    await send(body);
    await queues.send([body]);
    const command = new ReceiveMessageCommand({
      QueueUrl: queues.queueUrl,
      MaxNumberOfMessages: 10,
    });
    const { Messages = [] } = await queues.client.send(command);
    expect(Messages.map(({ Body }) => Body)).toEqual([body, body]);
  });

  test.each(['\uFFFE', '\uFFFF', '\u0000', '\u0008', '\u000b'])(
    'refuses %j, as SQS does',
    async (body) => {
      await expect(send(body)).rejects.toMatchObject({
        name: expect.stringContaining('InvalidMessageContents'),
      });
    },
  );

  test('takes exactly what SQS says it takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const isAllowed = [...text].every((character) => {
          const code = character.codePointAt(0) ?? 0;
          return (
            [9, 10, 13].includes(code) ||
            (code >= 0x20 && code <= 0xd7ff) ||
            (code >= 0xe000 && code <= 0xfffd) ||
            code >= 0x10000
          );
        });
        expect(FORBIDDEN_CHARACTER.test(text)).toBe(!isAllowed);
        expect(refusalBySqs(text) === undefined).toBe(isAllowed);
      }),
      { numRuns: 1_000 },
    );
  });
});
