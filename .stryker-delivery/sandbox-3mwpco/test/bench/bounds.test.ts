// @ts-nocheck
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FewestCalls } from '../../bench/calls/fewest-calls.ts';
import { fewestAnswers } from '../../bench/isolation/fewest-answers.ts';
import { workThrough } from '../../bench/scale/day.ts';

describe('the yes-or-no bound', () => {
  test('is nothing to find without culprits, and one answer between two images', () => {
    expect(fewestAnswers(50, 0)).toBe(0);
    expect(fewestAnswers(2, 1)).toBe(1);
    expect(fewestAnswers(50, 1)).toBe(6);
    // 50 choose 2 is 1,225.
    expect(fewestAnswers(50, 2)).toBe(11);
  });

  test('is the same for the good images as for the culprits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (culprits) => {
        expect(fewestAnswers(50, culprits)).toBe(fewestAnswers(50, 50 - culprits));
      }),
    );
  });
});

describe('the fewest calls', () => {
  test('are counted invocation by invocation, and only from totals', () => {
    const fewest = new FewestCalls(50);
    const totals = (Images: number) => JSON.stringify({ _aws: {}, Images });
    for (const line of [totals(51), totals(50), totals(0), 'Batch processed'])
      fewest.readLine(line);
    fewest.readLine(JSON.stringify({ _aws: {}, reason: 'Refused', Images: 50 }));
    expect(fewest.sum).toBe(3);
  });
});

describe('a day', () => {
  test('whose events come slower than they are worked off lets nobody wait', () => {
    const day = workThrough({ events: 3_600, hours: 1, capacity: 2 });
    expect(day).toEqual({ busiest: 1, oldestSeconds: 0, catchesUp: true });
  });

  test('whose events come twice as fast lets the last one wait as long again', () => {
    const day = workThrough({ events: 7_200, hours: 1, capacity: 1 });
    expect(day).toEqual({ busiest: 2, oldestSeconds: 3_600, catchesUp: true });
  });

  test('with more events than a day can work off never catches up', () => {
    expect(workThrough({ events: 86_401, hours: 8, capacity: 1 }).catchesUp).toBe(false);
  });
});
