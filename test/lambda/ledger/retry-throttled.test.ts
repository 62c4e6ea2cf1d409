import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LedgerThrottled, retryThrottled } from '../../../lambda/ledger/retry-throttled.ts';
import { timeForCalls } from '../../../lambda/runtime/invocation-time.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

/** The longest that one request of an AWS client takes (aws-client-settings.ts). */
const LONGEST_REQUEST = 8_000;

test('sandboxes that are throttled together do not come back together, and none at once', async () => {
  const pausesOf = async (chance: number) => {
    const clock = virtualTime();
    const throttled = () => Promise.reject(new LedgerThrottled('all'));
    await expect(retryThrottled(throttled, clock, () => chance)).rejects.toThrow('all');
    return clock.slept;
  };
  expect(await pausesOf(0)).toEqual([25, 50, 100, 200]);
  expect(await pausesOf(0.5)).toEqual([37.5, 75, 150, 300]);
});

test('however slow the answers are, all attempts end within what is reserved of an invocation', async () => {
  const reserved = 120_000 - timeForCalls(120_000);
  const takes = fc.array(fc.nat(LONGEST_REQUEST), { minLength: 5, maxLength: 5 });
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  await fc.assert(
    fc.asyncProperty(takes, chance, async (milliseconds, random) => {
      const clock = virtualTime();
      const startedAt = clock.now();
      let attempts = 0;
      const throttled = async () => {
        clock.advance(milliseconds[attempts] ?? 0);
        attempts += 1;
        throw new LedgerThrottled('all');
      };
      await expect(retryThrottled(throttled, clock, () => random)).rejects.toThrow('all');
      expect(clock.now() - startedAt).toBeLessThan(reserved);
    }),
  );
});
