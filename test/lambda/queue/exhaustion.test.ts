import { expect, test } from '@jest/globals';
import { giveUpExhausted } from '../../../lambda/queue/exhaustion.ts';
import type { Verdict } from '../../../lambda/verdicts/verdict.ts';
import { readingOf } from '../../helpers/readings.ts';

const retried: Verdict = { kind: 'retry', reason: 'Throttled', detail: 'HTTP 429: slow down' };

function decide(receiveCount: number, verdict: Verdict) {
  return giveUpExhausted([{ reading: readingOf({ receiveCount }), verdict }], 200)[0]?.verdict;
}

test('a record is retried up to the receive before the last permitted one', () => {
  expect(decide(199, retried)).toBe(retried);
});

test.each([200, 201])('at receive %d of 200 it is given up, with the last cause', (receive) => {
  expect(decide(receive, retried)).toEqual({
    kind: 'rejected',
    reason: 'RetriesExhausted',
    lastReason: 'Throttled',
    detail: `receive ${receive} of 200 ended with Throttled: HTTP 429: slow down`,
  });
});

test('a message that stands twice in a batch is given up once for both of its receives', () => {
  const twice = [199, 200].map((receiveCount) => ({
    reading: readingOf({ receiveCount, messageId: 'm' }),
    verdict: retried,
  }));
  expect(giveUpExhausted(twice, 200).map(({ verdict }) => verdict.kind)).toEqual([
    'rejected',
    'rejected',
  ]);
});

test('what went well or was rejected keeps its verdict at the last receive', () => {
  const applied: Verdict = { kind: 'applied' };
  const rejected: Verdict = { kind: 'rejected', reason: 'Refused', detail: 'no' };
  expect(decide(200, applied)).toBe(applied);
  expect(decide(200, rejected)).toBe(rejected);
});
