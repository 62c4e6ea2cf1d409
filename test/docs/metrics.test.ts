import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { metricNames } from '../../lambda/runtime/metric-names.ts';

test('the page of metrics lists every metric that the function writes, and no other', () => {
  const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
  const cells = [...page.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].map(([, names = '']) => names);
  const listed = cells.flatMap((names) => names.replaceAll('`', '').split(', '));
  expect(listed.sort()).toEqual([...metricNames()].sort());
});
