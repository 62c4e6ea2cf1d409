import { describe, expect, test } from '@jest/globals';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { deadLettersOf, startTestSystem, until, updatesOf } from '../helpers/local-run.ts';
import { FIFO_QUEUE_ARN, guid, sqsEvent, sqsRecord } from '../helpers/records.ts';

const FIFO = { fifo: true, batchSize: 10, batchingWindowSeconds: 0 } as const;

describe('a FIFO queue', () => {
  test('brings its groups to FinerWorks, each in its order, and its dead letters to a FIFO queue', async () => {
    await using system = await startTestSystem(FIFO);
    const { queues, standIn } = system;
    standIn.images.add([guid(1), guid(2)]);
    await queues.send(
      [
        JSON.stringify({ guid: guid(1), title: 'old', time: '2026-11-23T10:00:00Z' }),
        '{"title": "no guid"}',
        JSON.stringify({ guid: guid(1), title: 'new', time: '2026-11-23T10:00:01Z' }),
      ],
      'one',
    );
    await queues.send([JSON.stringify({ guid: guid(2), title: 'other' })], 'two');
    system.start();
    await until(async () => (await queues.depth()) === 0);

    expect(standIn.images.get(guid(1))?.title).toBe('new');
    expect(standIn.images.get(guid(2))?.title).toBe('other');
    const [{ failure } = {}] = await deadLettersOf(system);
    expect(failure).toMatchObject({ reason: 'InvalidEvent' });
    expect((await queues.deadLetters()).map(({ messageGroupId }) => messageGroupId)).toEqual([
      'one',
    ]);
  });

  test('gets back what comes after a returned record of its group, and nothing of other groups', async () => {
    await using system = await startTestSystem({
      ...FIFO,
      functionSettings: { maxImagesPerCall: 1, virtualInventory: 'remove' },
    });
    const { standIn, sandboxes } = system;
    standIn.images.add([guid(1), guid(2), guid(3)]);
    standIn.intercept = ({ body }, response, proceed) => {
      if (body.includes(guid(1))) response.writeHead(503).end();
      else proceed();
    };
    const record = (n: number, messageGroupId: string) =>
      sqsRecord({
        messageId: `m${n}`,
        messageGroupId,
        eventSourceARN: FIFO_QUEUE_ARN,
        body: { guid: guid(n), title: 'a' },
        sentTimestamp: Date.now(),
      });
    const batch = sqsEvent(record(1, 'one'), record(2, 'one'), record(3, 'two'));
    const answer = await sandboxes[0]?.invoke(batch);
    expect(jsonOrUndefined(answer ?? '')).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }],
    });
    expect(updatesOf(system).some(({ body }) => body.includes(guid(2)))).toBe(true);
  });
});
