import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eachAtOnce } from '../../../lambda/general/each-at-once.ts';

async function* itemsOf<Item>(items: readonly Item[]) {
  yield* items;
}

const never = () => false;

test('so many are handled at once, each of them once, and never two that clash', async () => {
  const items = fc.array(fc.record({ kind: fc.nat(2), time: fc.nat(3) }), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(items, fc.integer({ min: 1, max: 4 }), async (some, atOnce) => {
      const underWay = new Set<(typeof some)[number]>();
      const begun: (typeof some)[number][] = [];
      const clash = (a: { kind: number }, b: { kind: number }) => a.kind === b.kind;
      await eachAtOnce(itemsOf(some), { atOnce, clash }, async (item) => {
        expect([...underWay].filter(({ kind }) => kind === item.kind)).toEqual([]);
        underWay.add(item);
        begun.push(item);
        expect(underWay.size).toBeLessThanOrEqual(atOnce);
        await sleep(item.time);
        underWay.delete(item);
      });
      expect(begun).toEqual(some);
      expect(underWay.size).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test('as many as may be are under way while there are enough', async () => {
  let underWay = 0;
  let most = 0;
  await eachAtOnce(itemsOf([1, 2, 3, 4, 5]), { atOnce: 3, clash: never }, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await sleep(5);
    underWay -= 1;
  });
  expect(most).toBe(3);
});

test('a slow one holds up none behind it', async () => {
  const others = Promise.withResolvers<void>();
  const ended: number[] = [];
  await eachAtOnce(itemsOf([1, 2, 3, 4]), { atOnce: 2, clash: never }, async (n) => {
    if (n === 1) await others.promise;
    if (n === 4) others.resolve();
    ended.push(n);
  });
  expect(ended).toEqual([2, 3, 4, 1]);
});

test.each([1, 2, 3])(
  'an error ends it once nothing is under way any more, %s at once',
  async (atOnce) => {
    let underWay = 0;
    let asked = 0;
    let isEnded = false;
    async function* source() {
      try {
        for (; asked < 100; asked += 1) {
          yield asked;
          // Nobody waits for an item that fails meanwhile.
          await sleep(5);
        }
      } finally {
        isEnded = true;
      }
    }
    const handling = eachAtOnce(source(), { atOnce, clash: never }, async (n) => {
      underWay += 1;
      await sleep(n === 1 ? 1 : 10);
      underWay -= 1;
      if (n === 1) throw new Error('the second');
    });
    await expect(handling).rejects.toThrow('the second');
    expect({ underWay, isEnded }).toEqual({ underWay: 0, isEnded: true });
    expect(asked).toBeLessThan(10);
  },
);

test('an error of the source ends it once nothing is under way any more', async () => {
  let underWay = 0;
  async function* source() {
    yield 1;
    throw new Error('the source');
  }
  const handling = eachAtOnce(source(), { atOnce: 2, clash: never }, async () => {
    underWay += 1;
    await sleep(5);
    underWay -= 1;
  });
  await expect(handling).rejects.toThrow('the source');
  expect(underWay).toBe(0);
});
