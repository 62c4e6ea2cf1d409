import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { startQueues } from '../../local/aws/queues.ts';
import { EventSource, EventSourceSettings } from '../../local/lambda/event-source.ts';
import { Sandbox } from '../../local/lambda/sandbox.ts';
import { until } from '../helpers/local-run.ts';

/** Runs a function, given as source, on a queue with these bodies, until enough was seen. */
async function runFunction(
  source: string,
  bodies: readonly string[],
  settings: Partial<EventSourceSettings> & {
    maxReceiveCount?: number;
    visibilityTimeoutSeconds?: number;
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'event-source-test-'));
  const bundle = join(folder, 'index.mjs');
  await writeFile(bundle, source);
  const { maxReceiveCount = 100, visibilityTimeoutSeconds = 1, ...limits } = settings;
  const queues = await startQueues({ visibilityTimeoutSeconds, maxReceiveCount, port: 0 });
  const lines: string[] = [];
  const sandboxes = [1, 2].map(
    () =>
      new Sandbox({
        bundle,
        environment: {},
        timeoutSeconds: 1,
        onLine: (line) => lines.push(line),
      }),
  );
  const deleted: string[] = [];
  const returned: string[] = [];
  const eventSource = new EventSource(
    { batchSize: 10, batchingWindowSeconds: 0.1, maxConcurrency: 2, ...limits },
    {
      ...queues,
      sandboxes,
      observer: {
        deleted: (records) => deleted.push(...records.map(({ messageId }) => messageId)),
        returned: (ids, why) => ids.length > 0 && returned.push(why),
        invoked: () => {},
      },
    },
  );
  await queues.send(bodies);
  eventSource.start();
  const dispose = async () => {
    await eventSource.stop();
    await Promise.all(sandboxes.map((sandbox) => sandbox.kill()));
    await queues.close();
    await rm(folder, { recursive: true });
  };
  return { queues, lines, deleted, returned, until, [Symbol.asyncDispose]: dispose };
}

describe('the event source', () => {
  test.each([
    ['throws', 'export const handler = async () => { throw new Error("no"); };', 'Error: no'],
    ['takes too long', 'export const handler = () => new Promise(() => {});', 'over 1 s'],
    ['dies', 'export const handler = () => process.exit(3);', 'process ended'],
    ['can’t be loaded', 'throw new Error("broken");', 'could not be loaded'],
    ['answers with a wrong key', 'export const handler = () => ({ failures: [] });', 'wrong key'],
    [
      'names an unknown record',
      'export const handler = () => ({ batchItemFailures: [{ itemIdentifier: "x" }] });',
      'unknown',
    ],
  ])('brings the whole batch back when the function %s', async (_name, source, why) => {
    await using run = await runFunction(source, ['a', 'b']);
    await run.until(() => run.returned.length > 0);
    expect(run.returned[0]).toContain(why);
    expect(run.deleted).toEqual([]);
    expect(await run.queues.depth()).toBe(2);
  });

  test('deletes the whole batch when the function answers nothing at all', async () => {
    await using run = await runFunction('export const handler = () => {};', ['a', 'b'], {
      visibilityTimeoutSeconds: 30,
    });
    await run.until(async () => (await run.queues.depth()) === 0);
    expect(run.deleted).toHaveLength(2);
  });

  test('moves what fails too often to the dead-letter queue, without a reason', async () => {
    const source = 'export const handler = () => process.exit(1);';
    await using run = await runFunction(source, ['a'], { maxReceiveCount: 1 });
    await run.until(async () => (await run.queues.deadLetters()).length === 1);
    expect((await run.queues.deadLetters())[0]).toMatchObject({ body: 'a', messageAttributes: {} });
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

  test('carries no more than 6 MB to an invocation', async () => {
    const source = `export const handler = (event) => { console.log(JSON.stringify(event).length); };`;
    const bodies = Array.from({ length: 9 }, () => 'b'.repeat(1_000_000));
    await using run = await runFunction(source, bodies, {
      batchSize: 100,
      batchingWindowSeconds: 1,
    });
    await run.until(async () => (await run.queues.depth()) === 0);
    expect(run.lines.map(Number).filter((size) => size > 6_000_000)).toEqual([]);
    expect(run.lines.map(Number).some((size) => size > 5_000_000)).toBe(true);
  });

  test('keeps a sandbox warm, and starts a new one after a timeout', async () => {
    const source = `let calls = 0; export const handler = (event) => {
      calls += 1; console.log(calls);
      if (event.Records[0].body === 'stall') return new Promise(() => {});
    };`;
    await using run = await runFunction(source, ['a'], { batchSize: 1 });
    await run.until(() => run.lines.length === 1);
    await run.queues.send(['stall']);
    await run.until(() => run.returned.length >= 1);
    expect(run.lines).toContain('1');
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
