import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { drainBacklog } from '../../bench/outcomes.ts';
import { loadProduct } from '../../simulation/product.ts';

test('a bus adds its own time to invocations, and no call', async () => {
  const product = await loadProduct(fileURLToPath(new URL('../../lambda', import.meta.url)));
  const untold = await drainBacklog({ events: 60, request: undefined }, product);
  const told = await drainBacklog({ events: 60, request: 2_000 }, product);
  expect([untold.violations, told.violations]).toEqual([0, 0]);
  expect(told.invocationSeconds.median).toBeGreaterThan(untold.invocationSeconds.median + 1.9);
  expect(told.updateCalls).toBeLessThanOrEqual(untold.updateCalls + 1);
});
