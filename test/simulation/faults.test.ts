import { describe, expect, test } from '@jest/globals';
import { FaultDoesNotFit } from '../../simulation/faults/fault.ts';
import { FAULTS } from '../../simulation/faults/faults.ts';
import { faultyTexts, withFaultyCopy } from '../../simulation/faults/faulty-copy.ts';
import { hunt } from '../../simulation/faults/hunt.ts';

/** Each takes seconds: the others are hunted by `npm run test:deep`. */
const HUNTED = 2;

describe('a fault that is put into the function is found', () => {
  test.each(FAULTS.slice(0, HUNTED))('$name', async (fault) => {
    expect(await hunt(fault, 200)).toBeDefined();
  });
});

test.each(FAULTS)('$name: fits the code', async (fault) => {
  expect((await faultyTexts(fault)).size).toBeGreaterThan(0);
});

test('a fault that no longer fits the code fails loudly', async () => {
  const fault = { name: 'gone', file: 'pipeline.ts', search: 'not there', replace: '' };
  await expect(withFaultyCopy(fault, async () => 'used')).rejects.toThrow(FaultDoesNotFit);
});
