import { describe, expect, test } from '@jest/globals';
import { FAULTS } from '../../simulation/faults/faults.ts';
import { hunt } from '../../simulation/faults/hunt.ts';

describe('a fault that is put into the function is found', () => {
  test.concurrent.each(FAULTS)(
    '$name',
    async (fault) => {
      expect(await hunt(fault, 200)).toBeDefined();
    },
    130_000,
  );
});
