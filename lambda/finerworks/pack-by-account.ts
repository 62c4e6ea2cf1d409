import type { Update } from '../images/change.ts';
import { type PackLimits, pack } from '../pack.ts';

/** Updates as they come, some at a time. */
export type Groups = AsyncIterable<readonly Update[]> | Iterable<readonly Update[]>;

/** Updates that fit into one request, all of one account. */
export interface Pack {
  readonly account: string | null;
  readonly updates: readonly Update[];
}

/**
 * Packs updates as they come: into as few packs as if all had been there at once, and each comes as
 * soon as it is full. What is left comes at the end, one pack an account.
 *
 * @param limitsOf what one pack takes, given all that is to be packed
 */
export async function* packByAccount(
  groups: Groups,
  limitsOf: (account: string | null, updates: readonly Update[]) => PackLimits<Update>,
): AsyncGenerator<Pack> {
  const unfilled = new Map<string | null, readonly Update[]>();
  for await (const group of groups) {
    for (const [account, ofAccount] of Map.groupBy(group, (update) => update.account)) {
      const updates = [...(unfilled.get(account) ?? []), ...ofAccount];
      const limits = limitsOf(account, updates);
      const packs = pack(updates, limits);
      const isFull = packs.at(-1)?.length === limits.maxItems;
      unfilled.set(account, (isFull ? undefined : packs.pop()) ?? []);
      yield* packs.map((updates) => ({ account, updates }));
    }
  }
  for (const [account, updates] of unfilled) if (updates.length > 0) yield { account, updates };
}
