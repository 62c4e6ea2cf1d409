import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { REJECTIONS, RETRIES } from '../../lambda/verdicts/reasons.ts';

const page = readFileSync(new URL('../../docs/reasons.md', import.meta.url), 'utf8');
const [rejections = '', retries = ''] = page.split('## Returned to the queue');
const reasonsIn = (text: string) => [...text.matchAll(/^\| \[`(\w+)`\]/gm)].map(([, name]) => name);

test('the page of reasons lists every reason of the code, and no other', () => {
  expect(reasonsIn(rejections)).toEqual([...REJECTIONS]);
  expect(reasonsIn(retries)).toEqual([...RETRIES]);
});
