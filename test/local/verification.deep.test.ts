import { describe, expect, test } from '@jest/globals';
import { COUNT, verifiedRun } from '../helpers/verified-run.ts';

describe('where FinerWorks takes the first image of a call only, and says success', () => {
  test.each(['all', 'sample'] as const)('every image is right in the end: %s', async (verify) => {
    expect(await verifiedRun(verify, ['first-only'])).toMatchObject({
      right: COUNT,
      deadLetters: [],
    });
  });

  test('nobody sees it where nothing is read back', async () => {
    expect(await verifiedRun('off', ['first-only'])).toMatchObject({
      right: 2,
      updates: 2,
      deadLetters: [],
    });
  });
});

describe('where FinerWorks takes every image', () => {
  test.each([
    ['off', 2],
    ['all', 4],
  ] as const)('%s: two updates, and %d lists', async (verify, lists) => {
    expect(await verifiedRun(verify, [])).toMatchObject({ right: COUNT, updates: 2, lists });
  });
});
