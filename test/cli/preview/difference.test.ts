import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shownDifference, shownText } from '../../../cli/preview/difference.ts';

test('short texts are shown whole, in quotation marks', () => {
  expect(shownDifference('a "b"', 'a\nb ')).toEqual(['"a \\"b\\""', '"a\\nb "']);
});

test('long texts are shown where they begin to differ', () => {
  const same = 'x'.repeat(200);
  const [from, to] = shownDifference(`${same} old`, `${same} new ${'y'.repeat(100)}`);
  expect(from).toBe(`"…${'x'.repeat(19)} old"`);
  expect(to).toBe(`"…${'x'.repeat(19)} new ${'y'.repeat(36)}…"`);
});

test('of any two texts little is shown, never half a character, and always a difference', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '🦩', '👩🏽‍🚀'), maxLength: 300 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [from, to] = shownDifference(one, other);
      for (const shown of [from, to, shownText(one)]) {
        expect(shown.length).toBeLessThanOrEqual(64);
        expect(shown.isWellFormed()).toBe(true);
        expect(() => JSON.parse(shown)).not.toThrow();
      }
      expect(from === to).toBe(one === other);
    }),
  );
});
