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
