import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { simulateStretch } from '../../bench/scale.ts';
import { loadProduct } from '../../simulation/product.ts';

test('busy minutes break no rule, wait for the window at least, and are read back as told', async () => {
  const product = await loadProduct(fileURLToPath(new URL('../../lambda', import.meta.url)));
  const shop = { size: 'a shop', eventsPerHour: 2_400, minutes: 2, maxConcurrency: 2 };

  const [off, all] = await Promise.all([
    simulateStretch({ ...shop, verify: 'off' }, product),
    simulateStretch({ ...shop, verify: 'all' }, product),
  ]);

  for (const row of [off, all]) {
    expect(row).toMatchObject({ events: 80, violations: 0 });
    expect(row.longestWaitSeconds).toBeGreaterThan(5);
    expect(row.updateCalls).toBeLessThan(80);
  }
  expect(off.listCalls).toBe(off.updateCalls);
  expect(all.listCalls).toBeGreaterThanOrEqual(2 * all.updateCalls);
});
