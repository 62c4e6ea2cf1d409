import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AnswerTimes } from '../../../lambda/delivery/answer-times.ts';

const NOW = 1_000_000;
const WHOLE = 25_000;
const TEN_MINUTES = 600_000;

/** What is known once updates took so long, one after another at the same moment. */
function answeredIn(...durations: readonly number[]): AnswerTimes {
  const times = new AnswerTimes();
  for (const took of durations) times.note('update', took, NOW);
  return times;
}

describe('a call is waited for', () => {
  test('the whole time where nothing is known of calls of its kind', () => {
    expect(new AnswerTimes().timeout('update', NOW, WHOLE)).toBe(WHOLE);
    expect(answeredIn(200).timeout('preflight', NOW, WHOLE)).toBe(WHOLE);
  });

  test('ten times as long as the slowest answer took', () => {
    expect(answeredIn(800, 1_200, 900).timeout('update', NOW, WHOLE)).toBe(12_000);
  });

  test('five seconds, however fast others are answered', () => {
    expect(answeredIn(200).timeout('update', NOW, WHOLE)).toBe(5_000);
  });

  test('never longer than the whole time, however short that is', () => {
    expect(answeredIn(2_501).timeout('update', NOW, WHOLE)).toBe(WHOLE);
    expect(answeredIn(200).timeout('update', NOW, 2_000)).toBe(2_000);
  });
});

test('an answer counts for ten minutes, and for longer where another is as slow', () => {
  const times = answeredIn(1_000);
  times.note('update', 300, NOW + 1);
  expect(times.timeout('update', NOW + TEN_MINUTES - 1, WHOLE)).toBe(10_000);
  expect(times.timeout('update', NOW + TEN_MINUTES, WHOLE)).toBe(WHOLE);
  times.note('update', 1_000, NOW + 2);
  expect(times.timeout('update', NOW + TEN_MINUTES, WHOLE)).toBe(10_000);
  times.note('update', 600, NOW + TEN_MINUTES + 2);
  expect(times.timeout('update', NOW + TEN_MINUTES + 2, WHOLE)).toBe(6_000);
});

test('no call is given up that takes no longer than any that was just answered', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: WHOLE }), { minLength: 1 }), (durations) => {
      const timeout = answeredIn(...durations).timeout('update', NOW, WHOLE);
      expect(timeout).toBeGreaterThanOrEqual(Math.max(...durations));
      expect(timeout).toBeLessThanOrEqual(WHOLE);
    }),
  );
});
