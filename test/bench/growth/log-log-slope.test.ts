import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isLinear, logLogSlope } from '../../../bench/growth/log-log-slope.ts';

const SIZES = [1_000, 10_000, 100_000];
const power = (factor: number, exponent: number) =>
  SIZES.map((size) => [size, factor * size ** exponent] as const);

test('the slope is the power with which something grows, whatever its unit', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.double({ min: -1, max: 2, noNaN: true }),
      (factor, exponent) => {
        expect(logLogSlope(power(factor, exponent))).toBeCloseTo(exponent, 6);
      },
    ),
  );
});

test.each([
  [1, true],
  [0.96, true],
  [1.1, false],
  [2, false],
])('what grows with the power %d is linear: %s', (exponent, expected) => {
  expect(isLinear(logLogSlope(power(3, exponent)))).toBe(expected);
});
