import { expect, test } from '@jest/globals';
import { Pace, shareOf } from '../../../lambda/finerworks/pace.ts';

test('a sandbox gets its share of the deployment’s rate, and no limit where there is none', () => {
  expect(shareOf({ callsPerSecond: 3, maxConcurrency: 2 })).toBe(1.5);
  expect(shareOf({ maxConcurrency: 2 })).toBeUndefined();
});

test('a pace that is slow already is halved when FinerWorks asks for less', () => {
  const pace = new Pace(0.5, 0).forInvocation();
  expect(pace.waitFor(0)).toBe(2_000);
  pace.slowDown(10_000);
  expect(pace.waitFor(10_000)).toBe(4_000);
  pace.slowDown(10_000);
  expect(pace.waitFor(10_000)).toBe(8_000);
});

test('the pace comes back step by step with each answer, and no further than where it was', () => {
  const pace = new Pace(1, 0).forInvocation();
  const intervalAfterTaking = (now: number) => {
    pace.take(now);
    return pace.waitFor(now);
  };
  pace.slowDown(10_000);
  pace.slowDown(10_000);
  pace.recover();
  expect(intervalAfterTaking(100_000)).toBe(3_000);
  for (let answers = 0; answers < 20; answers += 1) pace.recover();
  expect(intervalAfterTaking(200_000)).toBe(1_000);
});
