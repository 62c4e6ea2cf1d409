import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextLength } from '../../../cli/probe/questions/length-search.ts';

/** How many tries it takes until a limit is known, where everything above it is refused. */
function triesFor(limit: number, refusal = ''): number {
  let [whole, tooLong, tries] = [0, 4_000, 0];
  while (tooLong - whole > 1) {
    const length = nextLength(whole, tooLong, 1_000, refusal);
    tries += 1;
    if (length <= limit) whole = length;
    else tooLong = length;
  }
  return tries;
}

describe('the search for the longest text', () => {
  test('always tries a length between the two ends', () => {
    const length = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(length, length, length, fc.string(), (one, other, guess, refusal) => {
        const [whole, tooLong] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(tooLong - whole > 1);
        const next = nextLength(whole, tooLong, guess, refusal);
        expect(next).toBeGreaterThan(whole);
        expect(next).toBeLessThan(tooLong);
      }),
    );
  });

  test.each([
    [1_000, '', 2],
    [300, '', 6],
    [255, '', 4],
    [777, 'must be a text of at most 777 characters', 2],
  ])('finds %i, told %j, in %i tries', (limit, refusal, tries) => {
    expect(triesFor(limit, refusal)).toBe(tries);
  });
});
