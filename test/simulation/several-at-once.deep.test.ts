import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadProduct } from '../../simulation/product.ts';
import { simulateScenario } from '../../simulation/simulate.ts';
import { scenarioOf } from '../../simulation/worlds/draw.ts';

test('several updates of an invocation at once break no rule in drawn worlds', async () => {
  const product = await loadProduct(join(import.meta.dirname, '..', '..', 'lambda'));
  for (let seed = 1; seed <= 20; seed += 1) {
    const { settings, ...scenario } = scenarioOf(seed);
    const callsAtOnce = 2 + (seed % 2);
    const world = { ...scenario, settings: { ...settings, callsAtOnce } };
    const { violations } = await simulateScenario(world, seed, product);
    expect({ seed, violations }).toEqual({ seed, violations: [] });
  }
}, 60_000);
