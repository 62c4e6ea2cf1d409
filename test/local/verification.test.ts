import { expect, test } from '@jest/globals';
import { COUNT, verifiedRun } from '../helpers/verified-run.ts';

test('a sample is read back where FinerWorks takes every image: two updates, and 3 lists', async () => {
  expect(await verifiedRun('sample', [])).toMatchObject({ right: COUNT, updates: 2, lists: 3 });
});
