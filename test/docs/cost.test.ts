import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../infra/settings.ts';
import { estimate } from '../../scripts/docs/cost/backfill.ts';
import { idleMonth } from '../../scripts/docs/cost/idle.ts';
import { COST, costPage, RUNBOOK, runbookWithBackfill } from '../../scripts/docs/cost/page.ts';
import { dollarsOf } from '../../scripts/docs/cost/prices.ts';

const settingsOf = (given: object = {}) => readSettings({ ...given });

describe('the pages', () => {
  test('of costs is what prices and settings say (npm run docs makes it anew)', async () => {
    expect(readFileSync(COST, 'utf8')).toBe(await costPage());
  });

  test('of the runbook has the backfill as it is computed', () => {
    expect(readFileSync(RUNBOOK, 'utf8')).toBe(runbookWithBackfill());
  });
});

describe('a backfill', () => {
  const backfill = { images: 100_000, imagesPerEvent: 1, secondsPerCall: 2 };

  test('takes a call for 50 images, and one more to look for products', () => {
    const calls = (given: object) =>
      estimate(backfill, settingsOf({ verify: 'off', ...given })).calls;
    expect(calls({})).toBe(4_000);
    expect(calls({ virtualInventory: 'remove' })).toBe(2_000);
  });

  test('takes a call more where its images are read back, and two where nothing looks before', () => {
    const calls = (given: object) => estimate(backfill, settingsOf(given)).calls;
    expect(calls({ verify: 'sample' })).toBe(4_100);
    expect(calls({ verify: 'all' })).toBe(6_000);
    expect(calls({ verify: 'all', virtualInventory: 'remove' })).toBe(6_000);
  });

  test('is quicker with more at once, and no quicker than the pace allows', () => {
    const { hours } = estimate(backfill, settingsOf());
    const wide = estimate(backfill, settingsOf({ maxConcurrency: '10' })).hours;
    expect(wide).toBeCloseTo(hours / 5);
    const paced = estimate(backfill, settingsOf({ callsPerSecond: '0.5' })).hours;
    // 4,100 calls at one in two seconds.
    expect(paced).toBeGreaterThan((4_100 * 2) / 3_600);
  });

  test('says where an invocation has no time for a full batch', () => {
    const slow = { ...backfill, secondsPerCall: 10 };
    expect(estimate(slow, settingsOf()).fits).toBe(false);
    expect(estimate(slow, settingsOf({ timeoutSeconds: '300' })).fits).toBe(true);
  });

  test('pays the ledger for each image, and nothing without one', () => {
    expect(estimate(backfill, settingsOf()).usage).toMatchObject({
      ledgerRead: 100_000,
      ledgerWrite: 200_000,
    });
    expect(estimate(backfill, settingsOf({ ledger: 'off' })).usage).not.toHaveProperty(
      'ledgerRead',
    );
  });
});

test('an idle month has every alarm of the stack, and a key only where one is made', () => {
  const month = idleMonth(settingsOf());
  expect(month).toMatchObject({ dashboard: 1, secret: 1, key: 0 });
  expect(month.alarmMetric).toBeGreaterThanOrEqual(9);
  const withKey = dollarsOf(idleMonth(settingsOf({ queueKey: 'new' })));
  expect(withKey - dollarsOf(month)).toBeCloseTo(1);
  expect(idleMonth(settingsOf({ webhooks: 'shopify' })).secret).toBe(2);
});
