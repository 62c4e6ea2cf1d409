import { describe, expect, test } from '@jest/globals';
import { FAULTS } from '../../simulation/faults/faults.ts';
import { hunt, MAX_MILLISECONDS } from '../../simulation/faults/hunt.ts';

const SEEDS = 200;

describe('a fault that is put into the function is found', () => {
  test.concurrent.each(FAULTS)(
    '$name',
    async (fault) => {
      expect(await hunt(fault, SEEDS)).toBeDefined();
    },
    // A hunt that takes too long ends by its own limit, and says so.
    MAX_MILLISECONDS + 10_000,
  );
});
