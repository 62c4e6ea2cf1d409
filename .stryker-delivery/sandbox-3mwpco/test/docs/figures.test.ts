// @ts-nocheck
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { receivesWithin } from '../../infra/doctor/receives.ts';
import { Config } from '../../lambda/config.ts';

test('the page of retries states the hours and the receives that the schedule really takes', () => {
  const page = readFileSync(new URL('../../docs/retries.md', import.meta.url), 'utf8');
  const retryHours = Config.shape.retryHours.parse(undefined);
  const { fewest, most } = receivesWithin(retryHours);
  expect(page).toContain(`\`retryHours\` (${retryHours})`);
  expect(page).toContain(`${fewest} to ${most} times`);
});
