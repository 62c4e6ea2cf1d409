import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { excerptOf } from '../../../lambda/general/excerpt.ts';

test('an excerpt is the beginning of a text, at most so long, and always well-formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, length) => {
      const excerpt = excerptOf(text, length);
      expect(excerpt.length).toBe(Math.min(length, text.length));
      expect(excerpt.isWellFormed()).toBe(true);
    }),
  );
});

test('half a character at its end becomes U+FFFD', () => {
  expect(excerptOf('ab😀', 3)).toBe('ab\uFFFD');
  expect(excerptOf('ab😀', 4)).toBe('ab😀');
});
