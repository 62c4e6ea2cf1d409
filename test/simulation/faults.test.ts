import { describe, expect, test } from '@jest/globals';
import { FaultDoesNotFit } from '../../simulation/faults/fault.ts';
import { FAULTS } from '../../simulation/faults/faults.ts';
import { faultyFiles, withFaultyCopy } from '../../simulation/faults/faulty-copy.ts';
import { hunt, MAX_MILLISECONDS } from '../../simulation/faults/hunt.ts';
import { findVariants } from '../../simulation/worlds/find-variants.ts';

const SEEDS = 200;
/** A quick one: all are hunted by `npm run test:deep`. */
const HUNTED = FAULTS.filter(({ name }) => name === 'a timeout counts as success');

describe('a fault that is put into the function is found', () => {
  test.each(HUNTED)(
    '$name',
    async (fault) => {
      expect(await hunt(fault, SEEDS)).toBeDefined();
    },
    // A hunt that takes too long ends by its own limit, and says so.
    MAX_MILLISECONDS + 10_000,
  );
});

test('every fault fits the code', async () => {
  for (const fault of FAULTS) expect((await faultyFiles(fault)).size).toBeGreaterThan(0);
});

test('every world that a fault is hunted in is there', () => {
  for (const { world } of FAULTS) {
    if (world !== undefined) expect(findVariants(world.name, world.variant)).toHaveLength(1);
  }
});

test('a fault that no longer fits the code fails loudly', async () => {
  const fault = { name: 'gone', file: 'pipeline.ts', search: 'not there', replace: '' };
  await expect(withFaultyCopy(fault, async () => 'used')).rejects.toThrow(FaultDoesNotFit);
});
