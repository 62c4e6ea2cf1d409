import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mapAhead } from '../../../lambda/general/map-ahead.ts';

async function* itemsOf<Item>(items: readonly Item[]) {
  yield* items;
}

async function all<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

test('results come in the order of their items, however long each takes, and so many at once', async () => {
  const delays = fc.array(fc.nat(3), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(delays, fc.integer({ min: 2, max: 4 }), async (milliseconds, atOnce) => {
      let underWay = 0;
      let most = 0;
      const results = mapAhead(itemsOf([...milliseconds.entries()]), atOnce, async ([at, time]) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await sleep(time);
        underWay -= 1;
        return at;
      });
      expect(await all(results)).toEqual([...milliseconds.keys()]);
      expect(most).toBeLessThanOrEqual(atOnce);
    }),
    { numRuns: 30 },
  );
});

test('an error comes after the results before it were used', async () => {
  const used: number[] = [];
  const use = async () => {
    const results = mapAhead(itemsOf([1, 2, 3]), 2, async (n) => {
      if (n === 2) throw new Error('second');
      return n;
    });
    for await (const n of results) used.push(n);
  };
  await expect(use()).rejects.toThrow('second');
  expect(used).toEqual([1]);
});

test('nothing is under way any more where the user stops', async () => {
  let underWay = 0;
  const results = mapAhead(itemsOf([1, 2, 3, 4]), 3, async (n) => {
    underWay += 1;
    await sleep(5);
    underWay -= 1;
    return n;
  });
  for await (const _ of results) break;
  expect(underWay).toBe(0);
});
