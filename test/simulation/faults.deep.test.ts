import { describe, expect, test } from '@jest/globals';
import { FAULTS } from '../../simulation/faults/faults.ts';
import { hunt } from '../../simulation/faults/hunt.ts';

const SEEDS = 200;
/** It takes a rarer world than those seeds have (docs/simulation.md). */
const NOT_FOUND = 'a half-open circuit lets all images through';

describe('a fault that is put into the function is found', () => {
  test.concurrent.each(FAULTS.filter(({ name }) => name !== NOT_FOUND))(
    '$name',
    async (fault) => {
      expect(await hunt(fault, SEEDS)).toBeDefined();
    },
    130_000,
  );
});
