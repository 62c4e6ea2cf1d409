import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { valueAt } from '../../../webhooks/mapping/places.ts';
import { plainText } from '../../../webhooks/mapping/plain-text.ts';
import { tagsIn } from '../../../webhooks/mapping/tags.ts';

describe('a place', () => {
  const record = { a: { b: [{ c: 'x' }], d: null }, e: '' };

  test.each([
    ['a.b.0.c', 'x'],
    ['e', ''],
    ['a.d', undefined],
    ['a.b.1.c', undefined],
    ['a.b.c', undefined],
    ['e.length', undefined],
    ['a.constructor', undefined],
    ['toString', undefined],
    ['a.b.length', undefined],
  ])('%s has %j', (place, value) => {
    expect(valueAt(record, place)).toEqual(value);
  });

  test('is nothing in whatever there is, unless it is there', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (any, place) => {
        expect(() => valueAt(any, place)).not.toThrow();
      }),
    );
  });
});

describe('a text', () => {
  test.each([
    ['in HTML loses its tags', '<p>A <b>fjord</b><br>at dawn</p>', 'A fjord\nat dawn'],
    [
      'loses references of characters',
      'Tom &amp; Jerry &#8211; &quot;x&quot;',
      'Tom & Jerry – "x"',
    ],
    ['keeps links without their addresses', 'See <a href="https://a.b">here</a>', 'See here'],
    ['keeps the case of headings', '<h1>Fjord</h1>', 'Fjord'],
    ['without any HTML stays as it is', 'A < B\n\n  and C & D', 'A < B\n\n  and C & D'],
    ['of nothing but pictures is empty', '<img src="a.jpg" alt="x">', ''],
    ['has no script', '<script>alert(1)</script>Fjord', 'Fjord'],
  ])('%s', (_what, html, text) => {
    expect(plainText(html)).toBe(text);
  });

  test('whatever it is, is read', () => {
    const html = fc.array(
      fc.constantFrom('<p>', '</p>', '<', '&', 'a', '<!--', '&#x;', '<ul><li>'),
    );
    fc.assert(
      fc.property(html, (parts) => {
        expect(typeof plainText(parts.join(''))).toBe('string');
      }),
    );
  });

  test('that nests without end is read all the same', () => {
    expect(plainText('<div>'.repeat(40_000))).toBe('…');
  });

  test('of more HTML than can be read in time is refused; of no HTML it may be as long as it is', () => {
    expect(() => plainText('<div>'.repeat(40_001))).toThrow('200005 characters of HTML');
    expect(plainText('a'.repeat(500_000))).toHaveLength(500_000);
  });
});

test('tags of the form name:value are values by name', () => {
  expect(tagsIn('nature, finerworks:abc , :x, a:b:c')).toEqual({ finerworks: 'abc', a: 'b:c' });
  expect(tagsIn(['x:1', 7])).toEqual({ x: '1' });
  expect(tagsIn(null)).toEqual({});
});
