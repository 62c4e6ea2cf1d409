import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { EventSourceSettings } from '../../local/lambda/event-source.ts';
import { runFunction } from '../helpers/event-source-run.ts';

describe('the event source', () => {
  test('brings the whole batch back when the function throws', async () => {
    const source = 'export const handler = async () => { throw new Error("no"); };';
    await using run = await runFunction(source, ['a', 'b']);
    await run.until(() => run.returned.length > 0);
    expect(run.returned[0]).toContain('Error: no');
    expect(run.deleted).toEqual([]);
    expect(await run.queues.depth()).toBe(2);
  });

  test('gives the function the records as Lambda does', async () => {
    const source = 'export const handler = (event) => { console.log(JSON.stringify(event)); };';
    await using run = await runFunction(source, []);
    await run.queues.client.send(
      new SendMessageCommand({
        QueueUrl: run.queues.queueUrl,
        MessageBody: 'a',
        MessageAttributes: {
          shop: { DataType: 'String', StringValue: 'north' },
          blob: { DataType: 'Binary.x', BinaryValue: Buffer.from([0, 255]) },
        },
      }),
    );
    await run.until(() => run.lines.length > 0);
    expect(jsonOrUndefined(run.lines[0] ?? '')).toEqual({
      Records: [
        {
          messageId: expect.any(String),
          receiptHandle: expect.any(String),
          body: 'a',
          md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
          },
          messageAttributes: {
            shop: {
              dataType: 'String',
              stringValue: 'north',
              stringListValues: [],
              binaryListValues: [],
            },
            blob: {
              dataType: 'Binary.x',
              binaryValue: 'AP8=',
              stringListValues: [],
              binaryListValues: [],
            },
          },
          eventSource: 'aws:sqs',
          eventSourceARN: run.queues.queueArn,
          awsRegion: 'us-east-1',
        },
      ],
    } satisfies Record<keyof SQSEvent, unknown>);
  });

  test.each([
    [{ batchSize: 11, batchingWindowSeconds: 0 }, /window of at least 1 s/],
    [{ maxConcurrency: 1 }, /maxConcurrency/],
    [{ batchSize: 10_001 }, /batchSize/],
  ])('refuses what Lambda refuses: %p', (limits, fault) => {
    const settings = { batchSize: 10, batchingWindowSeconds: 0, maxConcurrency: 2, ...limits };
    expect(() => EventSourceSettings.parse(settings)).toThrow(fault);
  });
});

test('a function’s environment holds what it is given and nothing of the caller’s', async () => {
  const source = 'export const handler = () => { console.log(JSON.stringify(process.env)); };';
  await using run = await runFunction(source, ['a']);
  await run.until(() => run.lines.length > 0);
  const names = Object.keys(Object(jsonOrUndefined(run.lines[0] ?? '')));
  expect(names.filter((name) => !name.startsWith('NODE_CHANNEL'))).toEqual([]);
});
