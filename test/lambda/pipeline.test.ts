import { describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { run } from '../../lambda/pipeline.ts';
import type { DeadLetterEntry } from '../../lambda/settlement/dead-lettering.ts';
import { answer, badKeys, broken, refusal, success, timeout } from '../helpers/answers.ts';
import { BAD_INPUTS } from '../helpers/bad-inputs.ts';
import { dependencies, INVOCATION, receiptsFor, recordingApi } from '../helpers/flow.ts';
import { guid, sqsEvent, sqsRecord } from '../helpers/records.ts';
import { runs } from '../helpers/runs.ts';
import { virtualTime } from '../helpers/virtual-time.ts';

const SENT = Date.parse('2026-11-23T09:00:00Z');

const failedIds = (outcome: Awaited<ReturnType<typeof run>>) =>
  outcome.response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

describe('a batch', () => {
  test('that is empty answers that nothing failed', async () => {
    const outcome = await run(sqsEvent(), dependencies(), INVOCATION);
    expect(outcome.response).toEqual({ batchItemFailures: [] });
  });

  test('of 40 kinds of bad input and good neighbours delivers just the neighbours', async () => {
    const dead: DeadLetterEntry[] = [];
    const api = recordingApi(() => success());
    const small = BAD_INPUTS.filter(({ body }) => body.length < 10_000);
    const records = small.flatMap(({ body }, n) => [
      sqsRecord({ body }),
      sqsRecord({ body: { guid: guid(1_000 + n), title: `neighbour ${n}` } }),
    ]);
    const outcome = await run(
      sqsEvent(...records),
      dependencies({
        ...api,
        sendDeadLetters: async (entries) => {
          dead.push(...entries);
          return receiptsFor(entries);
        },
      }),
      INVOCATION,
    );
    expect(small.length).toBeGreaterThanOrEqual(40);
    expect(failedIds(outcome)).toEqual([]);
    expect(dead.map(({ MessageBody }) => MessageBody)).toEqual(small.map(({ body }) => body));
    const reasons = dead.map(({ MessageAttributes }) =>
      JSON.parse(MessageAttributes?.failure?.StringValue ?? '{}'),
    );
    expect(reasons.map(({ reason }) => reason)).toEqual(small.map(({ reason }) => reason));
    expect(api.confirmed).toHaveLength(small.length);
  });

  test('acknowledges nothing that should be dead-lettered while the queue is unreachable', async () => {
    const records = [sqsRecord({ body: '{' }), sqsRecord(), sqsRecord({ body: '[]' })];
    const outcome = await run(
      sqsEvent(...records),
      dependencies({
        sendDeadLetters: async () => {
          throw new Error('unreachable');
        },
      }),
      INVOCATION,
    );
    expect(failedIds(outcome)).toEqual([records[0]?.messageId, records[2]?.messageId]);
  });

  test('is counted: changes that a newer one stands for, and records that could not be hidden', async () => {
    const body = (title: string) => ({ guid: guid(1), title });
    const records = [1, 2, 3].map((n) =>
      sqsRecord({ body: body(`t${n}`), sentTimestamp: SENT + n }),
    );
    const { figures } = await run(
      sqsEvent(...records),
      dependencies({ send: async () => timeout, changeVisibility: async () => new Set(['1']) }),
      INVOCATION,
    );
    expect(figures).toMatchObject({ coalesced: 2, notPostponed: 2, calls: 1, images: 0 });
  });

  test.each([
    [120_000, 3],
    [60_000, 1],
  ])(
    'of %d ms leaves time for dead letters and the answer: %d calls of 30 s',
    async (remainingMilliseconds, calls) => {
      const time = virtualTime();
      const records = Array.from({ length: 10 }, (_, n) =>
        sqsRecord({ body: { guid: guid(n), title: 'a', account_key: `account ${n}` } }),
      );
      const { figures } = await run(
        sqsEvent(...records),
        dependencies({
          clock: time,
          send: async () => {
            time.advance(30_000);
            return success();
          },
        }),
        { ...INVOCATION, remainingMilliseconds },
      );
      expect(figures.calls).toBe(calls);
    },
  );

  test('that is no batch of SQS fails the invocation', async () => {
    await expect(
      run(sqsEvent(sqsRecord({ eventSourceARN: 'q.fifo' })), dependencies(), INVOCATION),
    ).rejects.toThrow('FIFO');
  });
});

test('an event of more culprits than the budget gets another order when it comes back', async () => {
  const images = Array.from({ length: 200 }, (_, n) => ({ guid: guid(n), title: 'a' }));
  const api = recordingApi(({ updates }) =>
    updates.some((update) => Number(update.guid.slice(-3)) % 2 === 1) ? refusal() : success(),
  );
  let state = 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let receiveCount = 1; receiveCount <= 40; receiveCount += 1) {
    const event = sqsEvent(sqsRecord({ body: { images }, receiveCount }));
    const { outcomes } = await run(event, dependencies({ ...api, random }), INVOCATION);
    expect(outcomes[0]?.verdict).toMatchObject({ kind: 'retry', reason: 'BudgetSpent' });
  }
  expect(new Set(api.confirmed.map((update) => update.guid)).size).toBe(100);
});

describe('whatever comes in and whatever is answered', () => {
  const bodies = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .array(fc.record({ n: fc.nat(6), title: fc.constantFrom('a', 'b', 'c') }), {
          minLength: 1,
          maxLength: 3,
        })
        .chain((images) =>
          fc.record({
            images: fc.constant(
              images.map(({ n, title }) => ({ guid: guid(n), title: `${title}${n}` })),
            ),
            account_key: fc.constantFrom(null, 'k'),
            time: fc.nat(9).map((second) => `2026-11-23T10:00:0${second}Z`),
          }),
        )
        .map((event) => JSON.stringify(event)),
    },
    { weight: 1, arbitrary: fc.constantFrom('{', '[]', '{}', '\uFEFF{}') },
  );
  const records = fc.array(
    fc.record({
      body: bodies,
      messageId: fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8'),
      receiveCount: fc.constantFrom(1, 2, 5, 999, 1_000),
    }),
    { maxLength: 12 },
  );
  const answers = fc.infiniteStream(
    fc.constantFrom(
      ...[
        success(),
        success([guid(1), guid(2)]),
        refusal(),
        refusal(guid(3)),
        answer(413),
        badKeys,
      ],
      ...[timeout, broken(), answer(500), answer(429, '', '9'), answer(200, '<html>'), answer(302)],
    ),
  );
  const deadLetterModes = fc.infiniteStream(fc.constantFrom('all', 'some', 'none', 'throws'));

  test('every record gets exactly one verdict, and nothing is lost', async () => {
    await fc.assert(
      fc.asyncProperty(records, answers, deadLetterModes, async (parts, given, modes) => {
        const api = recordingApi(() => given.next().value);
        const buried = new Set<string>();
        const event = sqsEvent(
          ...parts.map((part, n) => {
            const messageAttributes = { nth: { dataType: 'String', stringValue: `${n}` } };
            return sqsRecord({ ...part, messageAttributes });
          }),
        );
        const nthOf = ({ messageAttributes }: SQSRecord) => messageAttributes.nth?.stringValue;
        const outcome = await run(
          event,
          dependencies({
            ...api,
            sendDeadLetters: async (entries) => {
              const mode = modes.next().value;
              if (mode === 'throws') throw new Error('lost');
              const taken = entries.filter((_, n) => mode === 'all' || (mode === 'some' && n % 2));
              for (const { MessageAttributes } of taken) {
                buried.add(MessageAttributes?.nth?.StringValue ?? 'unknown');
              }
              return receiptsFor(taken);
            },
          }),
          INVOCATION,
        );
        const settled = outcome.outcomes.map(({ parsed }) => nthOf(parsed.record));
        expect(settled.toSorted()).toEqual(event.Records.map(nthOf).toSorted());
        const returned = new Set<string>();
        for (const { parsed, verdict } of outcome.outcomes) {
          expect(buried.has(nthOf(parsed.record) ?? '')).toBe(verdict.kind === 'rejected');
          if (verdict.kind === 'retry') returned.add(parsed.record.messageId);
          if (verdict.kind !== 'applied') continue;
          const confirmed = api.confirmed.map((update) => update.guid);
          expect(confirmed).toEqual(expect.arrayContaining(parsed.changes.map((c) => c.guid)));
        }
        expect(new Set(failedIds(outcome))).toEqual(returned);
      }),
      runs(150),
    );
  });
});
