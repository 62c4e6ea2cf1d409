import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Update } from '../../../lambda/images/change.ts';
import { ReadBacks } from '../../../lambda/verification/read-backs.ts';
import { update } from '../../helpers/delivery.ts';
import { AS_UPLOADED } from '../../helpers/image-library.ts';

/** Begins to read back a call of these updates. @returns what ends it */
function started(readBacks: ReadBacks, updates: readonly Update[], isDue = true) {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const watched = updates.map((update) => ({ update, before: AS_UPLOADED, earlier: undefined }));
  readBacks.start(isDue, watched, () => promise);
  return resolve;
}

/** Whether a promise has come to its end, when all has been done that need not wait. */
async function hasEnded(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), setImmediate(false)]);
}

const title = (n: number) => update(n, { title: 'A lake' });
const description = (n: number) => update(n, { title: undefined, description: 'At dawn' });
const both = (n: number) => update(n, { title: 'A lake', description: 'At dawn' });

test.each<[string, Update[], Update[]]>([
  ['one image of several', [title(1), title(2)], [title(2), title(3)]],
  ['one field of two', [both(1)], [description(1)]],
  ['a field among others', [description(1)], [both(1)]],
])('an update waits for a call with the same field of its image: %s', async (_what, call, next) => {
  const readBacks = new ReadBacks();
  const end = started(readBacks, call);
  expect(await hasEnded(readBacks.endOf(next))).toBe(false);
  end(true);
  expect(await hasEnded(readBacks.endOf(next))).toBe(true);
  expect(readBacks.areUnderWay).toBe(false);
});

test.each<[string, Update[], Update[]]>([
  ['other images', [title(1), title(2)], [title(3)]],
  ['the other field', [title(1)], [description(1)]],
])('an update does not wait for a call with %s', async (_what, call, next) => {
  const readBacks = new ReadBacks();
  started(readBacks, call);
  expect(await hasEnded(readBacks.endOf(next))).toBe(true);
});

test('only calls that are read back themselves say anything of others', async () => {
  const readBacks = new ReadBacks();
  started(readBacks, [title(1)], false)(true);
  expect(readBacks.due()).toEqual([]);
  started(readBacks, [title(2)])(false);
  expect(await Promise.all(readBacks.due())).toEqual([false]);
});
