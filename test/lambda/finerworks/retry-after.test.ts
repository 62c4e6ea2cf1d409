import { expect, test } from '@jest/globals';
import { secondsToWait } from '../../../lambda/finerworks/retry-after.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');

test.each([
  ['seconds', '120', 120],
  ['no seconds at all', '0', 0],
  ['spaces around', ' 5 ', 5],
  ['an HTTP date', 'Mon, 23 Nov 2026 10:01:00 GMT', 60],
  ['the obsolete form of a date', 'Monday, 23-Nov-26 10:01:00 GMT', 60],
  ['a date that is past', 'Mon, 23 Nov 2026 09:00:00 GMT', 0],
  ['no header', null, undefined],
  ['an empty header', '', undefined],
  ['a negative number', '-5', undefined],
  ['a fraction', '1.5', undefined],
  ['words', 'soon', undefined],
  ['a weekday and no date', 'Mon, soon', undefined],
  ['a date behind something else', '1 Mon, 23 Nov 2026 10:01:00 GMT', undefined],
  ['the form of C', 'Mon Nov 23 10:01:00 2026 GMT', 60],
])('reads %s', (_name, header, seconds) => {
  expect(secondsToWait(header, NOW)).toBe(seconds);
});
