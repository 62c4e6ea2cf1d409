import { expect, test } from '@jest/globals';
import { AccountPace } from '../../../lambda/lanes/account-pace.ts';

/** The interval that two calls at one moment have to keep. */
function intervalOf(pace: AccountPace, now: number): number {
  pace.take(now);
  return pace.waitFor(now);
}

test('nothing is waited for until FinerWorks asks for it', () => {
  const pace = new AccountPace();
  pace.take(10_000);
  expect(pace.waitFor(10_000)).toBe(0);
});

test('the first HTTP 429 asks for a second between two calls, and each further one for twice as long', () => {
  const pace = new AccountPace();
  pace.slowDown(10_000);
  expect(pace.waitFor(10_000)).toBe(1_000);
  pace.slowDown(20_000);
  expect(pace.waitFor(20_000)).toBe(2_000);
  expect(intervalOf(pace, 60_000)).toBe(2_000);
});

test('with each answer it comes a quarter nearer to the pace of before, and then all the way', () => {
  const pace = new AccountPace();
  pace.slowDown(0);
  pace.recover();
  expect(intervalOf(pace, 60_000)).toBe(750);
  // 1,000 x 0.75^10 = 56, and one answer more is below 50.
  for (let answers = 1; answers < 10; answers += 1) pace.recover();
  expect(intervalOf(pace, 120_000)).toBeCloseTo(56.3, 1);
  pace.recover();
  expect(intervalOf(pace, 180_000)).toBe(0);
});

test('calls that wait side by side keep the interval from one another', () => {
  const pace = new AccountPace();
  pace.slowDown(0);
  pace.take(1_000);
  pace.take(1_000);
  expect(pace.waitFor(1_000)).toBe(2_000);
});

test('the longest pause that was asked for holds', () => {
  const pace = new AccountPace();
  pace.pauseUntil(90_000);
  pace.pauseUntil(30_000);
  expect(pace.waitFor(10_000)).toBe(80_000);
  pace.slowDown(10_000);
  expect(pace.waitFor(10_000)).toBe(80_000);
  expect(pace.waitFor(100_000)).toBe(0);
});
