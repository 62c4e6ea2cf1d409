import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadProduct, type Product } from '../../simulation/product.ts';
import { simulate } from '../../simulation/simulate.ts';
import { RealWorldUsed, withoutRealWorld } from '../../simulation/world/without-real-world.ts';

/** `npm run test:deep` simulates thousands. */
const SEEDS = 20;

let product: Product;
beforeAll(async () => {
  product = await loadProduct(join(import.meta.dirname, '..', '..', 'lambda'));
});

describe('the simulation', () => {
  test(`finds nothing wrong in ${SEEDS} worlds`, async () => {
    const met = { acknowledged: 0, deadLettered: 0, retriesExhausted: 0, deaths: 0 };
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { violations, figures } = await simulate(seed, product);
      expect({ seed, violations }).toEqual({ seed, violations: [] });
      met.acknowledged += figures.acknowledged;
      met.deadLettered += figures.deadLettered;
      met.retriesExhausted += figures.retriesExhausted;
      met.deaths += figures.deaths;
    }
    // A world in which nothing happens would find nothing wrong either.
    for (const count of Object.values(met)) expect(count).toBeGreaterThan(5);
  });

  test('replays a seed exactly', async () => {
    const once = await simulate(1, product);
    const again = await simulate(1, product);
    expect(once.trace.length).toBeGreaterThan(100);
    expect(again).toEqual(once);
  });

  test('makes another world of another seed', async () => {
    const [one, other] = [await simulate(1, product), await simulate(2, product)];
    expect(one.trace).not.toEqual(other.trace);
  });

  test('notices where the function uses real time', async () => {
    const impatient: Product = {
      ...product,
      run: async (...parameters) => {
        Date.now();
        return product.run(...parameters);
      },
    };
    const { violations, trace } = await simulate(2, impatient);
    expect(violations.map(({ rule }) => rule)).toContain('InvocationFailed');
    expect(trace.join('\n')).toContain('RealWorldUsed: now was called');
  });

  test('puts real time back when it is over', async () => {
    await expect(withoutRealWorld(async () => Math.random())).rejects.toThrow(RealWorldUsed);
    expect(Math.random()).toBeLessThan(1);
  });

  test('notices a function that waits for something else than it was given', async () => {
    const stuck: Product = { ...product, run: () => new Promise(() => {}) };
    const { violations } = await simulate(2, stuck);
    expect(violations.map(({ rule }) => rule)).toContain('TimedOutWithoutCause');
  });
});
