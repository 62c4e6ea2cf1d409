import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Rewriting } from '../../../lambda/verification/rewriting.ts';

const isPlausible = (sent: string, shown: string) => new Rewriting().isPlausible(sent, shown);
const LONG = 'A lake at dawn &amp; a boat. '.repeat(50);
const MARKS = 'A & "B" <C> '.repeat(20);
const MARKS_ENCODED = 'A &amp; &quot;B&quot; &lt;C&gt; '.repeat(20);

describe('what FinerWorks may make of a text', () => {
  test.each([
    ['trimmed', '  A lake ', 'A lake'],
    ['blanks folded', 'A\r\n\tlake', 'A lake'],
    ['no-break spaces', 'A\u00A0lake', 'A lake'],
    ['entities decoded', '&lt;b&gt; &amp; &#8217;&#x27; &nbsp;x', "<b> & \u2019'  x"],
    ['entities encoded', 'Salt & "Pepper"', 'Salt &amp; &quot;Pepper&quot;'],
    ['composed', 'Cafe\u0301', 'Caf\u00E9'],
    ['cut at 50', LONG, LONG.slice(0, 50)],
    ['cut at 1,000', LONG, LONG.slice(0, 1_000)],
    ['cut at 300 and trimmed', `  ${LONG}`, LONG.slice(0, 298).trim()],
    ['decoded and then cut', LONG, LONG.replaceAll('&amp;', '&').slice(0, 50)],
    ['cut and then decoded', LONG, LONG.slice(0, 50).replaceAll('&amp;', '&')],
    ['trimmed and then cut', `  ${LONG}`, LONG.slice(0, 50)],
    ['encoded and then cut', MARKS, MARKS_ENCODED.slice(0, 50)],
    ['cut inside an emoji', `${'x'.repeat(49)}\u{1F600} and on`, `${'x'.repeat(49)}\uFFFD`],
    [
      'cut inside one of two marks',
      `${'x'.repeat(49)}\u{1F600} on`,
      `${'x'.repeat(49)}\uFFFD\uFFFD`,
    ],
    ['cut before the emoji', `${'x'.repeat(49)}\u{1F600} and on`, 'x'.repeat(49)],
    ['the last character that there is', 'A lake &#x10ffff;', 'A lake \u{10ffff}'],
  ])('%s', (_, sent, shown) => {
    expect(isPlausible(sent, shown)).toBe(true);
  });

  test.each([
    ['another text', 'A lake', 'A boat'],
    ['a beginning that is cut nowhere', `${'x'.repeat(60)} and on`, 'x'.repeat(60)],
    ['nothing', 'A lake', ''],
    ['a longer text', 'A lake', 'A lake at dawn'],
    ['an entity that there is not', '&#99999999;&lake;', 'lake'],
    ['a character that there is not', '&#9999999;lake', 'lake'],
    ['a character of no number', '&#0;lake', '\0lake'],
    ['without its blanks', 'A lake', 'Alake'],
    ['one with a replacement character inside', 'A lake', 'A\uFFFD lake'],
    ['decoded twice', '&amp;lt; A lake', '< A lake'],
    ['decoded twice, of 50 characters', `&amp;lt;${'x'.repeat(46)}`, `<${'x'.repeat(46)}`],
    ['encoded, cut, and longer than it was', '&'.repeat(20), '&amp;'.repeat(10)],
    ['encoded, cut, and as long as it was', '&'.repeat(50), '&amp;'.repeat(10)],
  ])('is not %s', (_, sent, shown) => {
    expect(isPlausible(sent, shown)).toBe(false);
  });

  test('is cut where a text was seen to be cut before', () => {
    const rewriting = new Rewriting();
    rewriting.learn('y'.repeat(80), 'y'.repeat(60));
    expect(rewriting.isPlausible(`${'x'.repeat(60)} and on`, 'x'.repeat(60))).toBe(true);
    rewriting.learn('y'.repeat(80), 'z');
    expect(rewriting.isPlausible('xx', 'x')).toBe(false);
  });

  test('is cut nowhere that no beginning of a text has shown', () => {
    const rewriting = new Rewriting();
    rewriting.learn('A lake', '');
    expect(rewriting.isPlausible('A boat', '')).toBe(false);
    rewriting.learn('A lake', 'lake');
    expect(rewriting.isPlausible('A boat', 'A bo')).toBe(false);
    rewriting.learn('A lake', 'A la');
    expect(rewriting.isPlausible('A boat', 'A bo')).toBe(true);
  });

  test('is cut at eight other lengths, and no more', () => {
    const rewriting = new Rewriting();
    const text = 'abcdefghijk';
    for (let length = 1; length <= 9; length += 1) rewriting.learn(text, text.slice(0, length));
    expect(rewriting.isPlausible('A lake at dawn', 'A lake a')).toBe(true);
    expect(rewriting.isPlausible('A lake at dawn', 'A lake at')).toBe(false);
  });

  test('holds for any text that is trimmed, composed or as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const rewriting = new Rewriting();
        expect(rewriting.isPlausible(text, text)).toBe(true);
        expect(rewriting.isPlausible(text, text.trim())).toBe(true);
        expect(rewriting.isPlausible(text, text.normalize('NFC'))).toBe(true);
      }),
    );
  });
});
