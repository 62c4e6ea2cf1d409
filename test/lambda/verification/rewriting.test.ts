import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Rewriting } from '../../../lambda/verification/rewriting.ts';

const isPlausible = (sent: string, shown: string) => new Rewriting().isPlausible(sent, shown);
const LONG = 'A lake at dawn &amp; a boat. '.repeat(50);

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
    ['cut inside an emoji', `${'x'.repeat(49)}\u{1F600} and on`, `${'x'.repeat(49)}\uFFFD`],
  ])('%s', (_, sent, shown) => {
    expect(isPlausible(sent, shown)).toBe(true);
  });

  test.each([
    ['another text', 'A lake', 'A boat'],
    ['a beginning that is cut nowhere', `${'x'.repeat(60)} and on`, 'x'.repeat(60)],
    ['nothing', 'A lake', ''],
    ['a longer text', 'A lake', 'A lake at dawn'],
    ['an entity that there is not', '&#99999999;&lake;', 'lake'],
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
