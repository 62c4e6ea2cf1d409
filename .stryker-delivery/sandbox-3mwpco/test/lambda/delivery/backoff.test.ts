// @ts-nocheck
import { expect, test } from '@jest/globals';
import { fullJitter } from '../../../lambda/delivery/backoff.ts';

test('full jitter doubles from half a second to eight, and takes any share of it', () => {
  const failures = [1, 2, 3, 4, 5, 6, 60];
  expect(failures.map((count) => fullJitter(count, () => 1))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
  ]);
  expect(fullJitter(3, () => 0)).toBe(0);
  expect(fullJitter(3, () => 0.25)).toBe(500);
});
