import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Rule } from '../../simulation/oracle/violation.ts';
import { loadProduct } from '../../simulation/product.ts';
import { randomScenario } from '../../simulation/random-scenario.ts';
import { simulateScenario } from '../../simulation/simulate.ts';
import { SeededRandom } from '../../simulation/world/random.ts';
import type { WorldKind } from '../../simulation/worlds/world-kind.ts';

/** What is wrong with the simulation itself, or would be with any function. */
const BROKEN: readonly Rule[] = [
  'SimulationBroken',
  'InvocationFailed',
  'UnexpectedReason',
  'UnknownIdentifier',
  'NotVerbatim',
  'WronglyAcknowledged',
  'Lost',
];

const product = await loadProduct(join(import.meta.dirname, '..', '..', 'lambda'));

/** Expects a kind of world to run at a small size, and to lose nothing. */
export async function expectSound(small: WorldKind['small'], seed: number): Promise<void> {
  const scenario = small(randomScenario(seed), new SeededRandom(`small ${seed}`));
  const { violations, figures } = await simulateScenario(scenario, seed, product);
  const broken = violations.filter(({ rule }) => BROKEN.includes(rule));
  expect({ seed, broken }).toEqual({ seed, broken: [] });
  expect(figures.events).toBeGreaterThan(0);
  expect(figures.invocations).toBeGreaterThan(0);
}
