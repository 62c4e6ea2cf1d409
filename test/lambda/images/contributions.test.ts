import { describe, expect, test } from '@jest/globals';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import {
  AppliedValues,
  contributionsOf,
  setsTheSame,
} from '../../../lambda/images/contributions.ts';
import { change, update } from '../../helpers/delivery.ts';

const OLDER = { time: '2026-11-23T10:00:00.000000000Z', sentAt: 0, id: 'older' };
const NEWER = { ...OLDER, time: '2026-11-23T11:00:00.000000000Z', id: 'newer' };

/** What the changes of one image ask for, taken apart again. */
const takenApart = (...changes: readonly ReturnType<typeof change>[]) =>
  coalesce(changes).flatMap(contributionsOf);

describe('a coalesced update is taken apart', () => {
  test('into its changes, oldest first', () => {
    const parts = takenApart(
      change(1, { order: NEWER, title: 'b' }),
      change(1, { order: OLDER, title: 'a' }),
    );
    expect(parts.map(({ title }) => title)).toEqual(['a', 'b']);
  });

  test('with an event that came twice as one', () => {
    const twice = [1, 2].map((n) => change(1, { order: NEWER, messageId: `m${n}` }));
    const parts = takenApart(change(1, { order: OLDER }), ...twice);
    expect(parts.map(({ changes }) => changes.map(({ messageId }) => messageId))).toEqual([
      ['message-1'],
      ['m1', 'm2'],
    ]);
  });

  test('where one order has two values, into both', () => {
    expect(
      takenApart(change(1, { order: OLDER, title: 'a' }), change(1, { order: OLDER, title: 'b' })),
    ).toHaveLength(2);
  });

  test('without the fields that another account’s update sets', () => {
    const both = change(1, { account: 'a', order: OLDER, description: 'd' });
    const parts = takenApart(both, change(1, { account: 'b', order: NEWER, title: 'new' }));
    const described = parts.filter(({ description }) => description !== undefined);
    expect(described).toMatchObject([{ account: 'a', title: undefined, description: 'd' }]);
    expect(described[0]?.changes).toMatchObject([{ title: undefined, whole: both }]);
  });
});

test('the same values under another account are something else', () => {
  expect(setsTheSame(update(1), update(1))).toBe(true);
  expect(setsTheSame(update(1), update(1, { title: 'other' }))).toBe(false);
  expect(setsTheSame(update(1), update(1, { account: 'a' }))).toBe(false);
});

test('what went through is not asked for again, under the same account and until it is replaced', () => {
  const applied = new AppliedValues();
  expect(applied.includes(update(1))).toBe(false);
  applied.add(update(1, { description: 'd' }));
  expect(applied.includes(update(1))).toBe(true);
  expect(applied.includes(update(1, { account: 'a' }))).toBe(false);
  applied.add(update(1, { title: 'new' }));
  expect(applied.includes(update(1))).toBe(false);
  expect(applied.includes(update(1, { title: undefined, description: 'd' }))).toBe(true);
});
