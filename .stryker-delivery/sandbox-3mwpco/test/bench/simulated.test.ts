// @ts-nocheck
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { simulateStretch } from '../../bench/scale/simulated.ts';
import { loadProduct } from '../../simulation/product.ts';

test('a stretch of busy minutes breaks no rule, and its oldest message waits for the window at least', async () => {
  const product = await loadProduct(fileURLToPath(new URL('../../lambda', import.meta.url)));
  const size = { name: 'a shop', eventsPerDay: 2_400, hours: 1 };

  const row = await simulateStretch(
    { size, minutes: 2, maxConcurrency: 2, virtualInventory: 'protect' },
    product,
  );

  expect(row).toMatchObject({ events: 80, violations: 0 });
  expect(row.longestWaitSeconds).toBeGreaterThan(5);
  expect(row.eventsACall).toBeGreaterThan(1);
});
