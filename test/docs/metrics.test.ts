import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { metricNames } from '../../lambda/runtime/metric-names.ts';
import { ANSWERS } from '../../webhooks/answers.ts';

const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
const [ofFunction = '', ofDoors = ''] = page.split('## Metrics of doors');

test.each([
  ['the function', ofFunction, metricNames()],
  ['doors', ofDoors, [...new Set(Object.values(ANSWERS).map(({ metric }) => metric))]],
])('the page of metrics lists every metric that %s write, and no other', (_what, part, names) => {
  const cells = [...part.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].map(([, names = '']) => names);
  const listed = cells.flatMap((names) => names.replaceAll('`', '').split(', '));
  expect(listed.sort()).toEqual([...names].sort());
});
