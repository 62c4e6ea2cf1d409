import { type ChunkLimits, chunk } from '../general/chunk.ts';
import type { Update } from '../images/change.ts';
import type { LaneKey } from './lanes.ts';

/** Updates of one lane as they come, some at a time. */
export interface Group {
  readonly lane: LaneKey;
  readonly updates: readonly Update[];
  /** Nothing more comes of the lane. */
  readonly isEnd?: boolean;
}
export type Groups = AsyncIterable<Group> | Iterable<Group>;

/** Updates that fit into one request, all of one account; none at the end of a lane. */
export interface LaneChunk extends Group {
  readonly account: string | null;
}

/**
 * Chunks updates as they come: into as few chunks as if all of a lane had been there at once. Each
 * comes as soon as it is full. What is left comes at the end of its lane, so that no account waits
 * for another account's images.
 *
 * @param groups lane after lane
 * @param limitsOf what one chunk takes, given all updates that wait to be chunked
 */
export async function* chunkByLane(
  groups: Groups,
  limitsOf: (account: string | null, updates: readonly Update[]) => ChunkLimits<Update>,
): AsyncGenerator<LaneChunk> {
  const unfilled = new Map<string | null, LaneChunk>();
  for await (const { lane, updates: group, isEnd = false } of groups) {
    for (const [account, ofAccount] of Map.groupBy(group, ({ account }) => account)) {
      const updates = [...(unfilled.get(account)?.updates ?? []), ...ofAccount];
      unfilled.delete(account);
      const limits = limitsOf(account, updates);
      const chunks = chunk(updates, limits).map(
        (some): LaneChunk => ({ lane, account, updates: some }),
      );
      const last = chunks.at(-1);
      if (last && last.updates.length < limits.maxItems) {
        chunks.pop();
        unfilled.set(account, last);
      }
      yield* chunks;
    }
    if (!isEnd) continue;
    yield* unfilled.values();
    unfilled.clear();
    yield { lane, account: null, updates: [], isEnd };
  }
  yield* unfilled.values();
}
