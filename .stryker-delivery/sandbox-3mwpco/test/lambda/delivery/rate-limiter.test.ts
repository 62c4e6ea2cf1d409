// @ts-nocheck
import { expect, test } from '@jest/globals';
import { RateLimiter, shareOf } from '../../../lambda/delivery/rate-limiter.ts';

test('a sandbox gets its share of the deployment’s rate, and no limit where there is none', () => {
  expect(shareOf({ callsPerSecond: 3, maxConcurrency: 2 })).toBe(1.5);
  expect(shareOf({ maxConcurrency: 2 })).toBeUndefined();
});

test('it starts empty, and saves nothing up while nobody calls', () => {
  const limiter = new RateLimiter(2, 1_000);
  expect(limiter.waitFor(1_000)).toBe(500);
  expect(limiter.waitFor(1_500)).toBe(0);
  limiter.take(60_000);
  expect(limiter.waitFor(60_000)).toBe(500);
});

test('calls that wait side by side take their tokens one after another', () => {
  const limiter = new RateLimiter(1, 0);
  limiter.take(1_000);
  limiter.take(1_000);
  expect(limiter.waitFor(1_000)).toBe(2_000);
});

test('without a limit nothing is waited for', () => {
  const limiter = new RateLimiter(undefined, 0);
  for (let n = 0; n < 3; n += 1) limiter.take(0);
  expect(limiter.waitFor(0)).toBe(0);
});
