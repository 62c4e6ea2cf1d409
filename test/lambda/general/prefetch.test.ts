import { expect, test } from '@jest/globals';
import { prefetch } from '../../../lambda/general/prefetch.ts';

/** Numbers from 1, each told of when it is asked for; then an error, if there is one. */
function numbers(count: number, error?: Error) {
  const asked: number[] = [];
  let isEnded = false;
  const source = (async function* () {
    try {
      for (let n = 1; n <= count; n += 1) {
        asked.push(n);
        yield n;
      }
      if (error !== undefined) throw error;
    } finally {
      isEnded = true;
    }
  })();
  return { source, asked, isEnded: () => isEnded };
}

/** Long enough for whatever is under way. */
const rest = () => new Promise((resolve) => setImmediate(resolve));

test('one item further than the one in use is asked for, and never more', async () => {
  const { source, asked } = numbers(4);
  const askedWhileInUse: number[] = [];
  for await (const _ of prefetch(source)) {
    await rest();
    askedWhileInUse.push(asked.length);
  }
  expect(askedWhileInUse).toEqual([2, 3, 4, 4]);
});

test('as many items further as are wanted are asked for, and never more', async () => {
  const { source, asked } = numbers(6);
  const askedWhileInUse: number[] = [];
  for await (const _ of prefetch(source, 3)) {
    await rest();
    askedWhileInUse.push(asked.length);
  }
  expect(askedWhileInUse).toEqual([4, 5, 6, 6, 6, 6]);
});

test('an error comes after the items before it were used, and ends no process meanwhile', async () => {
  const { source } = numbers(2, new Error('source'));
  const used: number[] = [];
  const use = async () => {
    for await (const n of prefetch(source)) {
      await rest();
      used.push(n);
    }
  };
  await expect(use()).rejects.toThrow('source');
  expect(used).toEqual([1, 2]);
});

test('where the user fails, the source has ended when the error arrives', async () => {
  const { source, isEnded } = numbers(4);
  const use = async () => {
    for await (const _ of prefetch(source)) throw new Error('user');
  };
  await expect(use()).rejects.toThrow('user');
  expect(isEnded()).toBe(true);
});
