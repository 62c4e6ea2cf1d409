import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { sendSteadily } from '../../../bench/window/measure.ts';
import { loadProduct } from '../../../simulation/product.ts';

const steady = { eventsPerSecond: 2, seconds: 30, pollers: 5 };

test('a longer window takes fewer calls, costs less and is slower, and no rule is broken', async () => {
  const product = await loadProduct(fileURLToPath(new URL('../../../lambda', import.meta.url)));
  const rows = [];
  for (const windowSeconds of [0, 1, 5, 20]) {
    rows.push(await sendSteadily({ ...steady, windowSeconds }, product));
  }
  expect(rows.map(({ events, violations }) => [events, violations])).toEqual(
    Array(4).fill([60, 0]),
  );
  for (const [at, longer] of rows.slice(1).entries()) {
    const shorter = rows[at] ?? longer;
    expect(longer.updateCalls).toBeLessThan(shorter.updateCalls);
    expect(longer.dollarsPerMillion).toBeLessThan(shorter.dollarsPerMillion);
    expect(longer.p50).toBeGreaterThan(shorter.p50);
    expect(longer.p99).toBeLessThan(longer.windowSeconds + 5);
  }
});

test('pollers that gather side by side make smaller batches than one', async () => {
  const product = await loadProduct(fileURLToPath(new URL('../../../lambda', import.meta.url)));
  const windowSeconds = 5;
  const five = await sendSteadily({ ...steady, windowSeconds }, product);
  const one = await sendSteadily({ ...steady, windowSeconds, pollers: 1 }, product);
  expect(five.invocations).toBeGreaterThan(1.5 * one.invocations);
});
