import { type PackLimits, pack } from '../general/pack.ts';
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
export interface Pack extends Group {
  readonly account: string | null;
}

/**
 * Packs updates as they come: into as few packs as if all of a lane had been there at once, and each
 * comes as soon as it is full. What is left comes at the end of its lane, so that nobody waits for
 * another account's images.
 *
 * @param groups lane after lane
 * @param limitsOf what one pack takes, given all that is to be packed
 */
export async function* packByLane(
  groups: Groups,
  limitsOf: (account: string | null, updates: readonly Update[]) => PackLimits<Update>,
): AsyncGenerator<Pack> {
  const unfilled = new Map<string | null, Pack>();
  for await (const { lane, updates: group, isEnd = false } of groups) {
    for (const [account, ofAccount] of Map.groupBy(group, ({ account }) => account)) {
      const updates = [...(unfilled.get(account)?.updates ?? []), ...ofAccount];
      unfilled.delete(account);
      const limits = limitsOf(account, updates);
      const packs: Pack[] = pack(updates, limits).map((updates) => ({ lane, account, updates }));
      const last = packs.at(-1);
      if (last && last.updates.length < limits.maxItems) {
        packs.pop();
        unfilled.set(account, last);
      }
      yield* packs;
    }
    if (!isEnd) continue;
    yield* unfilled.values();
    unfilled.clear();
    yield { lane, account: null, updates: [], isEnd };
  }
  yield* unfilled.values();
}
