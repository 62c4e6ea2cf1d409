import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FIELDS } from '../../../lambda/contract/fields.ts';
import type { Change } from '../../../lambda/images/change.ts';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import { contributionsOf } from '../../../lambda/images/contributions.ts';
import { compareOrder } from '../../../lambda/images/order.ts';
import { change } from '../../helpers/delivery.ts';

const at = (second: number, parts: Partial<Change> = {}) =>
  change(1, {
    order: { time: `2026-11-23T10:00:0${second}.000000000Z`, sentAt: 0, id: `e${second}` },
    ...parts,
  });

/** Arbitrary changes of few images, few accounts and few moments, so that they meet. */
const changes = fc.array(
  fc
    .record({
      n: fc.nat(3),
      account: fc.constantFrom(null, 'a', 'b'),
      title: fc.option(fc.constantFrom('', 'x', 'y', 'z'), { nil: undefined }),
      description: fc.option(fc.constantFrom('', 'p', 'q'), { nil: undefined }),
      second: fc.nat(4),
      sentAt: fc.nat(2),
      id: fc.constantFrom('i', 'j'),
    })
    .map(({ n, second, sentAt, id, ...parts }) =>
      change(n, {
        ...parts,
        order: { time: `2026-11-23T10:00:0${second}.000000000Z`, sentAt, id },
      }),
    ),
);

/** Values only, as FinerWorks would see them, in an order of their own. */
const sent = (all: readonly Change[]) =>
  coalesce(all)
    .map(({ changes: _changes, ...values }) => JSON.stringify(values, Object.keys(values).sort()))
    .sort();

describe('several events for one image', () => {
  test('become one update with the newest title when they arrive out of order', () => {
    const updates = coalesce([at(2, { title: 'b' }), at(3, { title: 'c' }), at(1, { title: 'a' })]);
    expect(updates).toMatchObject([{ title: 'c' }]);
  });

  test('keep the newest value of each field by itself', () => {
    const updates = coalesce([
      at(1, { title: 'old', description: 'only' }),
      at(2, { title: 'new', description: undefined }),
    ]);
    expect(updates).toMatchObject([{ title: 'new', description: 'only' }]);
    expect(updates[0]?.changes).toHaveLength(2);
  });

  test('are ordered by sending and then by id where their times are the same', () => {
    const order = at(1).order;
    const updates = coalesce([
      at(1, { title: 'later', order: { ...order, sentAt: 5, id: 'a' } }),
      at(1, { title: 'earlier', order: { ...order, sentAt: 4, id: 'z' } }),
    ]);
    expect(updates).toMatchObject([{ title: 'later' }]);
  });

  test('of different accounts are sent each under its own, without a field in common', () => {
    const updates = coalesce([
      at(1, { account: 'a', title: 'by a', description: 'by a' }),
      at(2, { account: 'b', title: 'by b', description: undefined }),
    ]);
    expect(updates.map(({ changes: _changes, ...values }) => values)).toEqual([
      { guid: at(1).guid, account: 'b', title: 'by b' },
      { guid: at(1).guid, account: 'a', description: 'by a' },
    ]);
  });
});

describe('for any changes', () => {
  test('the result does not depend on their arrival', () => {
    fc.assert(
      fc.property(changes, fc.infiniteStream(fc.nat()), (all, weights) => {
        const shuffled = all
          .map((item) => ({ item, weight: weights.next().value }))
          .sort((a, b) => a.weight - b.weight)
          .map(({ item }) => item);
        expect(sent(shuffled)).toEqual(sent(all));
      }),
    );
  });

  test('every field gets the value of a newest change, under that change’s account', () => {
    fc.assert(
      fc.property(changes, (all) => {
        for (const update of coalesce(all)) {
          for (const field of FIELDS) {
            if (update[field] === undefined) continue;
            const rivals = all.filter((c) => c.guid === update.guid && c[field] !== undefined);
            const newest = rivals.filter((c) =>
              rivals.every((rival) => compareOrder(rival.order, c.order) <= 0),
            );
            expect(
              newest.some((c) => c[field] === update[field] && c.account === update.account),
            ).toBe(true);
          }
        }
      }),
    );
  });

  test('each change that supplies anything is part of an update, and no field is sent twice', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const updates = coalesce(all);
        const covered = new Set(updates.flatMap((update) => update.changes));
        for (const one of all) {
          const isEmpty = one.title === undefined && one.description === undefined;
          expect(covered.has(one)).toBe(!isEmpty);
        }
        const fields = updates.flatMap((u) =>
          FIELDS.filter((field) => u[field] !== undefined).map((field) => `${u.guid} ${field}`),
        );
        expect(new Set(fields).size).toBe(fields.length);
      }),
    );
  });
});

describe('an update taken apart', () => {
  test('gives what each event wants by itself, oldest first', () => {
    const [update] = coalesce([at(2, { title: 'b' }), at(1, { title: 'a', description: 'd' })]);
    expect(update && contributionsOf(update)).toMatchObject([
      { title: 'a', description: 'd' },
      { title: 'b' },
    ]);
  });

  test('leaves out a field whose newest value is another update’s', () => {
    const updates = coalesce([
      at(1, { account: 'a', title: 'by a', description: 'by a' }),
      at(2, { account: 'b', title: 'by b', description: undefined }),
    ]);
    expect(updates.map((u) => contributionsOf(u).map(({ changes: _, ...c }) => c))).toEqual([
      [
        { guid: at(1).guid, account: 'a', title: 'by a' },
        { guid: at(1).guid, account: 'b', title: 'by b' },
      ],
      [{ guid: at(1).guid, account: 'a', description: 'by a' }],
    ]);
  });
});
