import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byCount } from '../../../lambda/general/pack.ts';
import { SHARED } from '../../../lambda/lanes/lanes.ts';
import { type Group, type Pack, packByLane } from '../../../lambda/lanes/pack-by-lane.ts';
import { toStream, update } from '../../helpers/delivery.ts';
import { numberOf } from '../../helpers/records.ts';

/** Images of one account by their numbers. */
const updates = (account: string | null, ...images: readonly number[]) =>
  images.map((n) => update(n, { account }));

const packsOf = (groups: Iterable<Group>) =>
  Array.fromAsync(packByLane(toStream(groups), () => byCount(2)));

/** A pack as its account and the numbers of its images. */
const brief = ({ account, updates, isEnd }: Pack) =>
  isEnd ? 'end' : `${account}: ${updates.map(({ guid }) => numberOf(guid))}`;

describe('what is left of a lane', () => {
  test('comes with its end, before anything of the next lane', async () => {
    const packs = await packsOf([
      { lane: 'a', updates: updates('a', 1, 2, 3) },
      { lane: 'a', updates: [], isEnd: true },
      { lane: 'b', updates: updates('b', 4), isEnd: true },
    ]);
    expect(packs.map(brief)).toEqual(['a: 1,2', 'a: 3', 'end', 'b: 4', 'end']);
    expect(packs.map(({ lane }) => lane)).toEqual(['a', 'a', 'a', 'b', 'b']);
    expect(packs[2]).toEqual({ lane: 'a', account: null, updates: [], isEnd: true });
  });

  test('comes only once, and at the end of all where its lane has none', async () => {
    const packs = await packsOf([
      { lane: 'a', updates: updates('a', 1), isEnd: true },
      { lane: 'a', updates: [], isEnd: true },
      { lane: 'b', updates: updates('b', 2) },
    ]);
    expect(packs.map(brief)).toEqual(['a: 1', 'end', 'end', 'b: 2']);
  });

  test('is filled up by what comes next of it', async () => {
    const packs = await packsOf([
      { lane: null, updates: updates(null, 1) },
      { lane: null, updates: updates(null, 2, 3), isEnd: true },
    ]);
    expect(packs.map(brief)).toEqual(['null: 1,2', 'null: 3', 'end']);
  });
});

test('the lane of several accounts packs each account by itself', async () => {
  const mixed = [...updates('a', 1), ...updates('b', 1, 2), ...updates('a', 2)];
  const packs = await packsOf([{ lane: SHARED, updates: mixed, isEnd: true }]);
  expect(packs.map(brief)).toEqual(['a: 1,2', 'b: 1,2', 'end']);
});

test('a pack comes as soon as it is full, and nothing is asked for before it was used', async () => {
  const groups = (async function* (): AsyncGenerator<Group> {
    yield { lane: null, updates: updates(null, 1, 2) };
    throw new Error('asked for more than the pack needs');
  })();
  const packs = packByLane(groups, () => byCount(2));
  expect((await packs.next()).value).toMatchObject({ lane: null, account: null });
});

test('limits see all that is to be packed, with what was left before', async () => {
  const seen: number[] = [];
  const groups: Group[] = [
    { lane: null, updates: updates(null, 1) },
    { lane: null, updates: updates(null, 2, 3) },
  ];
  const packs = packByLane(groups, (_account, all) => {
    seen.push(all.length);
    return byCount(2);
  });
  await Array.fromAsync(packs);
  expect(seen).toEqual([1, 3]);
});

test('nothing is lost or doubled, and only the last pack of a lane is not full', async () => {
  const lane = fc.array(fc.nat(5), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(lane, { maxLength: 6 }), async (lanes) => {
      let images = 0;
      const groups = lanes.flatMap((sizes, at): Group[] => {
        const account = `account ${at}`;
        const some = sizes.map((size) =>
          updates(account, ...Array.from({ length: size }, () => images++)),
        );
        return [
          ...some.map((updates) => ({ lane: account, updates })),
          { lane: account, updates: [], isEnd: true },
        ];
      });
      const packs = await packsOf(groups);
      const sent = packs.flatMap(({ updates }) => updates);
      expect(sent).toEqual(groups.flatMap(({ updates }) => updates));
      for (const [at, { updates, isEnd }] of packs.entries()) {
        const isLast = packs[at + 1]?.isEnd === true;
        expect(isEnd || updates.length === 2 || (isLast && updates.length === 1)).toBe(true);
      }
    }),
  );
});
