import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NewestChanges } from '../../../cli/preview/newest-changes.ts';
import type { Change } from '../../../lambda/images/change.ts';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import { change } from '../../helpers/delivery.ts';

/** Changes of few images and few moments, so that they meet, each with a text at least. */
const changes = fc.array(
  fc
    .record({
      n: fc.nat(2),
      account: fc.constantFrom(null, 'a'),
      title: fc.option(fc.constantFrom('', 'x', 'y'), { nil: undefined }),
      description: fc.constantFrom('', 'p', 'q'),
      removeVirtualInventory: fc.boolean(),
      second: fc.nat(4),
      id: fc.constantFrom('i', 'j'),
    })
    .map(({ n, second, id, ...parts }) =>
      change(n, {
        ...parts,
        ...(parts.title !== undefined && id === 'j' && { description: undefined }),
        order: { time: `2026-11-23T10:00:0${second}.000000000Z`, sentAt: 0, id },
      }),
    ),
);

function collected(all: readonly Change[]) {
  const newest = new NewestChanges();
  for (const [at, one] of all.entries()) newest.offer(one, at);
  const found = all.flatMap((one, at) => newest.collect(one, at) ?? []);
  return { found, left: newest.size };
}

/** The values of each update, whatever order the images come in. */
const valuesOf = (all: readonly Change[]) =>
  coalesce(all)
    .map(({ guid, account, title, description }) => [guid, account, title, description].join())
    .toSorted();

test('what is collected coalesces to what all changes of all images do', () => {
  fc.assert(
    fc.property(changes, (all) => {
      const { found, left } = collected(all);
      expect(left).toBe(0);
      expect(valuesOf(found)).toEqual(valuesOf(all));
    }),
  );
});

test('so does what is left of it where only some changes may remove products', () => {
  const permitted = ({ removeVirtualInventory }: Change) => removeVirtualInventory;
  fc.assert(
    fc.property(changes, (all) => {
      const { found } = collected(all);
      expect(valuesOf(found.filter(permitted))).toEqual(valuesOf(all.filter(permitted)));
    }),
  );
});

test('of many changes of an image the newest alone is collected', () => {
  const all = Array.from({ length: 100 }, (_, second) =>
    change(1, {
      title: `title ${second}`,
      order: { time: `${1_000 + second}`, sentAt: 0, id: '' },
    }),
  );
  expect(collected(all).found).toEqual(all.slice(-1));
});
