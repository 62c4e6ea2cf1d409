import { describe, expect, test } from '@jest/globals';
import { COUNT, verifiedRun } from '../helpers/verified-run.ts';

describe('where FinerWorks takes the first image of a call only, and says success', () => {
  test.each(['all', 'sample'] as const)('every image is right in the end: %s', async (verify) => {
    expect(await verifiedRun(verify, ['first-only'])).toMatchObject({
      right: COUNT,
      deadLetters: [],
    });
  });
});
