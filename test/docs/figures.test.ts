import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { receives } from '../../infra/doctor/receives.ts';

test('the page of retries states the hours that the schedule really takes', () => {
  const page = readFileSync(new URL('../../docs/retries.md', import.meta.url), 'utf8');
  const last = receives(200).at(-1);
  expect(last?.earliest).toBeGreaterThanOrEqual(24);
  expect(page).toContain(`${last?.earliest.toFixed(1)} to ${last?.latest.toFixed(1)} hours`);
});
