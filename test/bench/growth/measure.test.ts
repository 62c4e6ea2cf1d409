import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { simulateLoad } from '../../../bench/growth/measure.ts';
import { loadProduct } from '../../../simulation/product.ts';

test('a load is worked off without a violation, and its requests are counted and paid for', async () => {
  const product = await loadProduct(fileURLToPath(new URL('../../../lambda', import.meta.url)));
  const load = { name: 'few', events: 120, seconds: 0, maxConcurrency: 2, pollers: 5 };

  const figures = await simulateLoad(load, 1, product);

  expect(figures).toMatchObject({ events: 120, violations: 0, ledgerReads: 120 });
  expect(figures.ledgerWrites).toBeGreaterThanOrEqual(120);
  expect(figures.dollars).toBeGreaterThan(0);
  expect(figures.p99).toBeGreaterThanOrEqual(figures.p50);
  expect(figures.seconds).toBeGreaterThanOrEqual(figures.p99);
});
