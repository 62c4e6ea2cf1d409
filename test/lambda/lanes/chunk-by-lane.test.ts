import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chunkByLane, type Group, type LaneChunk } from '../../../lambda/lanes/chunk-by-lane.ts';
import { SHARED } from '../../../lambda/lanes/lanes.ts';
import { toStream, update } from '../../helpers/delivery.ts';
import { numberOf } from '../../helpers/records.ts';

/** Images of one account by their numbers. */
const updates = (account: string | null, ...images: readonly number[]) =>
  images.map((n) => update(n, { account }));

const chunksOf = (groups: Iterable<Group>) =>
  Array.fromAsync(chunkByLane(toStream(groups), () => ({ maxItems: 2 })));

/** A chunk as its account and the numbers of its images. */
const brief = ({ account, updates, isEnd }: LaneChunk) =>
  isEnd ? 'end' : `${account}: ${updates.map(({ guid }) => numberOf(guid))}`;

describe('what is left of a lane', () => {
  test('comes with its end, before anything of the next lane', async () => {
    const chunks = await chunksOf([
      { lane: 'a', updates: updates('a', 1, 2, 3) },
      { lane: 'a', updates: [], isEnd: true },
      { lane: 'b', updates: updates('b', 4), isEnd: true },
    ]);
    expect(chunks.map(brief)).toEqual(['a: 1,2', 'a: 3', 'end', 'b: 4', 'end']);
    expect(chunks.map(({ lane }) => lane)).toEqual(['a', 'a', 'a', 'b', 'b']);
    expect(chunks[2]).toEqual({ lane: 'a', account: null, updates: [], isEnd: true });
  });

  test('comes only once, and at the end of all where its lane has none', async () => {
    const chunks = await chunksOf([
      { lane: 'a', updates: updates('a', 1), isEnd: true },
      { lane: 'a', updates: [], isEnd: true },
      { lane: 'b', updates: updates('b', 2) },
    ]);
    expect(chunks.map(brief)).toEqual(['a: 1', 'end', 'end', 'b: 2']);
  });

  test('is filled up by what comes next of it', async () => {
    const chunks = await chunksOf([
      { lane: null, updates: updates(null, 1) },
      { lane: null, updates: updates(null, 2, 3), isEnd: true },
    ]);
    expect(chunks.map(brief)).toEqual(['null: 1,2', 'null: 3', 'end']);
  });
});

test('the lane of several accounts chunks each account by itself', async () => {
  const mixed = [...updates('a', 1), ...updates('b', 1, 2), ...updates('a', 2)];
  const chunks = await chunksOf([{ lane: SHARED, updates: mixed, isEnd: true }]);
  expect(chunks.map(brief)).toEqual(['a: 1,2', 'b: 1,2', 'end']);
});

test('a chunk comes as soon as it is full, and nothing is asked for before it was used', async () => {
  const groups = (async function* (): AsyncGenerator<Group> {
    yield { lane: null, updates: updates(null, 1, 2) };
    throw new Error('asked for more than the chunk needs');
  })();
  const chunks = chunkByLane(groups, () => ({ maxItems: 2 }));
  expect((await chunks.next()).value).toMatchObject({ lane: null, account: null });
});

test('limits see all that is to be chunked, with what was left before', async () => {
  const seen: number[] = [];
  const groups: Group[] = [
    { lane: null, updates: updates(null, 1) },
    { lane: null, updates: updates(null, 2, 3) },
  ];
  const chunks = chunkByLane(groups, (_account, all) => {
    seen.push(all.length);
    return { maxItems: 2 };
  });
  await Array.fromAsync(chunks);
  expect(seen).toEqual([1, 3]);
});

test('nothing is lost or doubled, and only the last chunk of a lane is not full', async () => {
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
      const chunks = await chunksOf(groups);
      const sent = chunks.flatMap(({ updates }) => updates);
      expect(sent).toEqual(groups.flatMap(({ updates }) => updates));
      for (const [at, { updates, isEnd }] of chunks.entries()) {
        const isLast = chunks[at + 1]?.isEnd === true;
        expect(isEnd || updates.length === 2 || (isLast && updates.length === 1)).toBe(true);
      }
    }),
  );
});
