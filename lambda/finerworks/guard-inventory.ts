import type { Update } from '../images/change.ts';
import type { OnDecided } from './deliver.ts';
import { type InventoryGuard, LOOK } from './inventory-guard.ts';
import { type Groups, packByAccount } from './pack-by-account.ts';

/**
 * Has the guard look at each image before it is updated, as many at a time as one look takes.
 *
 * @param groups each with all updates of its images
 * @param onDecided hears of images of which nothing is to be sent
 * @returns groups of what may be sent, one a look, each with all updates of its images; the guard
 *   books the verdict of everything else
 */
export async function* guardInventory(
  groups: AsyncIterable<readonly Update[]>,
  guard: InventoryGuard,
  onDecided: OnDecided,
): AsyncGenerator<Update[]> {
  const allowedOf = async (updates: readonly Update[]) => {
    const allowed = await guard.allowed(updates);
    const open = new Set(allowed.map(({ guid }) => guid));
    const decided = new Set(updates.map(({ guid }) => guid)).difference(open);
    await onDecided([...decided]);
    return allowed;
  };
  const shared: Update[] = [];
  for await (const { updates } of packByAccount(withoutShared(groups, shared), () => LOOK)) {
    yield await allowedOf(updates);
  }
  if (shared.length > 0) yield await allowedOf(shared);
}

/**
 * Sets images aside that have updates of several accounts: what is allowed of the one may have to
 * go into one call with what is allowed of the other, and so all their looks come first.
 */
async function* withoutShared(groups: Groups, shared: Update[]): AsyncGenerator<Update[]> {
  for await (const group of groups) {
    const images = [...Map.groupBy(group, ({ guid }) => guid).values()];
    shared.push(...images.filter((updates) => updates.length > 1).flat());
    yield images.filter((updates) => updates.length === 1).flat();
  }
}
