import { expect, test } from '@jest/globals';
import {
  invisibleIn,
  notAText,
  quoted,
  withEscapes,
} from '../../../../lambda/contract/faults/quoted.ts';

test('a text of 48 characters is quoted whole, and of a longer one the beginning', () => {
  expect(quoted('x'.repeat(48))).toBe(`"${'x'.repeat(48)}"`);
  expect(quoted('x'.repeat(49))).toBe(`"${'x'.repeat(48)}…"`);
});

test.each([
  ['zero width', 'a\u200Bb', '"a\\u200bb"'],
  ['of two units', 'a\u{E0001}b', '"a\\udb40\\udc01b"'],
  ['a usual space', 'a b', '"a b"'],
])('what nobody sees is escaped: %s', (_what, text, shown) => expect(quoted(text)).toBe(shown));

test('only invisible characters are escaped', () => {
  expect(withEscapes('Blue Heron, café, 青鷺')).toBe('Blue Heron, café, 青鷺');
});

test.each([
  [['a'], 'a list is not a text'],
  [{}, 'an object is not a text'],
  [null, 'null is not a text'],
  [undefined, 'missing'],
])('what is no text is named: %j', (value, fault) => expect(notAText(value)).toBe(fault));

test.each([
  ['a\tb', 'a tab (U+0009)'],
  ['a\u0001b', 'U+0001'],
  ['a\u{E0001}b', 'U+E0001'],
  ['a b', undefined],
])('the first invisible character of %j is named', (text, name) => {
  expect(invisibleIn(text)).toBe(name);
});
