import { describe, expect, test } from '@jest/globals';
import { takeHeartbeats } from '../../../lambda/heartbeat/heartbeat.ts';
import { run } from '../../../lambda/pipeline.ts';
import { answer, badKeys, refusal, success, timeout } from '../../helpers/answers.ts';
import { REQUEST_ID, testSender } from '../../helpers/delivery.ts';
import { dependencies, INVOCATION, recordingApi } from '../../helpers/flow.ts';
import { guid, type RecordParts, sqsEvent, sqsRecord } from '../../helpers/records.ts';

const heartbeat = (parts: RecordParts = {}) =>
  sqsRecord({ body: { heartbeat: '2026-11-23T10:00:00Z' }, ...parts });

/** What is left of a batch of one message, when heartbeats were taken out. */
function eventsOf(body: string): string[] {
  const { sender } = testSender({ answers: () => answer(404) });
  return takeHeartbeats([sqsRecord({ body })], sender, REQUEST_ID).events.map((one) => one.body);
}

describe('a heartbeat', () => {
  test.each(['{"heartbeat":"2026-11-23T10:00:00Z"}', '\n { "heartbeat" : "smoke-test 1" } '])(
    'is known by its body: %s',
    (body) => {
      expect(eventsOf(body)).toEqual([]);
    },
  );

  test.each([
    '{"heartbeat":"a","guid":"00000000-0000-4000-8000-000000000001","title":"b"}',
    '{"heartbeat":"a","images":[]}',
    '{"heartbeat":"a","other":1}',
    '{"heartbeat":""}',
    '{"heartbeat":5}',
    '{"heartbeat":null}',
    '[{"heartbeat":"a"}]',
    `{"heartbeat":"${'a'.repeat(200)}"}`,
    '{"Heartbeat":"a"}',
  ])('is nothing but that: %s is none', (body) => {
    expect(eventsOf(body)).toEqual([body]);
  });

  test('makes one call that changes nothing, for all heartbeats of a batch, and is done', async () => {
    const asked: (readonly string[])[] = [];
    const api = recordingApi(() => success());
    const result = await run(
      sqsEvent(heartbeat(), sqsRecord(), heartbeat()),
      dependencies({
        ...api,
        listImages: async ({ guids }) => {
          asked.push(guids);
          return success([]);
        },
      }),
      INVOCATION,
    );
    expect(result.heartbeats).toEqual({
      ids: ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z'],
      answered: 2,
    });
    expect(asked).toEqual([[expect.stringMatching(/^f{8}-/)]]);
    expect(api.confirmed.map((one) => one.guid)).toEqual([guid(1)]);
    expect(result.outcomes.map(({ verdict }) => verdict.kind).sort()).toEqual([
      'applied',
      'unchanged',
      'unchanged',
    ]);
    expect(result.response).toEqual({ batchItemFailures: [] });
  });

  test('of a batch without any is not there, and asks for no list', async () => {
    const { sender, queries } = testSender({ answers: () => answer(404) });
    const records = [sqsRecord()];
    const { events, heartbeats, answered } = takeHeartbeats(records, sender, REQUEST_ID);
    expect([events, heartbeats, await answered]).toEqual([records, [], undefined]);
    expect(queries).toEqual([]);
    expect((await run(sqsEvent(sqsRecord()), dependencies(), INVOCATION)).heartbeats).toBe(
      undefined,
    );
  });

  test.each([
    ['does not answer', timeout, /^Timeout: /],
    ['fails', answer(503), /^ServerError: /],
    ['refuses the keys', badKeys, /^BadKeys: /],
    ['refuses the list', refusal('Not for you.'), /refused it: HTTP 400: Not for you\.$/],
    ['answers no list', success(), /^InventoryUnknown: /],
    ['ignores the filter', success([guid(7)]), /^InventoryUnknown: /],
  ])(
    'says why where FinerWorks %s, and never comes back or becomes a dead letter',
    async (_how, given, why) => {
      // Received as often as the queue permits, and long ago.
      const old = heartbeat({ receiveCount: 1_000, firstReceivedAt: 0 });
      const result = await run(
        sqsEvent(old),
        dependencies({
          listImages: async () => given,
          sendDeadLetters: async () => {
            throw new Error('no dead letter is sent');
          },
        }),
        INVOCATION,
      );
      expect(result.heartbeats).toMatchObject({ answered: 0, failure: expect.stringMatching(why) });
      expect(result.outcomes.map(({ verdict }) => verdict)).toEqual([{ kind: 'unchanged' }]);
      expect(result.response).toEqual({ batchItemFailures: [] });
      expect(result.figures.listCalls).toBe(1);
    },
  );
});
