import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Limiter } from '../../../lambda/general/limiter.ts';

test('so many tasks run at once, the others in their order, after failures too', async () => {
  const limiter = new Limiter(2);
  const order: number[] = [];
  let [running, most] = [0, 0];
  const task = (n: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    order.push(n);
    await sleep(1);
    running -= 1;
    if (n === 1) throw new Error('one of them fails');
    return n;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => limiter.run(task(n))));
  expect(results.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
  ]);
  expect([most, order]).toEqual([2, [0, 1, 2, 3, 4]]);
});

test('as many run at once again when all have ended', async () => {
  const limiter = new Limiter(1);
  const values = [];
  for (const n of [1, 2, 3]) values.push(await limiter.run(async () => n));
  expect(values).toEqual([1, 2, 3]);
});
