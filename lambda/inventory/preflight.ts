import { fieldsOf } from '../contract/fields.ts';
import type { CallBlocked, CallFailed, CallOptions } from '../delivery/send-verdict.ts';
import { MAX_IMAGES_LISTED } from '../finerworks/list-images.ts';
import { chunk } from '../general/chunk.ts';
import type { Clock } from '../general/clock.ts';
import { isForced, partsOf, type Update, updateOf } from '../images/change.ts';
import { coalesce } from '../images/coalesce.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Rejected, Retried } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import { isStoredAs } from '../verification/observation.ts';
import type { Completion } from './completion.ts';
import type { InventoryImage, InventoryLists, ListedImages } from './inventory-lists.ts';
import type { SeenImages } from './seen-images.ts';

/** SKUs that a dead letter names: enough to recognise the products. */
const MAX_SKUS = 20;

export interface PreflightDependencies {
  readonly lists: Pick<InventoryLists, 'list'>;
  readonly registry: VerdictRegistry;
  readonly ledger: Pick<Ledger, 'contradicts' | 'known'>;
  readonly seen: SeenImages;
  readonly clock: Pick<Clock, 'now'>;
  /** Undefined where calls leave out fields that no event asks for. */
  readonly completion: Completion | undefined;
  /** Called with the images of each list, as they are before their update. */
  readonly onListed?: (listed: ListedImages) => void;
}

/**
 * Checks images in the inventory library before they are updated, and decides what may be sent: an
 * update removes their virtual inventory products, which shops sell (docs/finerworks-api.md). An image
 * with products is updated only for events that allow their removal. An image that is not listed is
 * updated: it may be in the temporary library. Values that are there already are not sent, unless an
 * event forces that or the ledger contradicts the list.
 */
export class Preflight {
  readonly #dependencies: PreflightDependencies;

  constructor(dependencies: PreflightDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * @param updates of one account; all that the account has of their images
   * @returns what may be sent, while the registry has the verdict of everything else; or why that is
   *   unknown
   */
  async check(
    account: string | null,
    updates: readonly Update[],
    options?: CallOptions,
  ): Promise<Update[] | CallFailed | CallBlocked> {
    const checked: Update[] = [];
    for (const page of chunk(updates, { maxItems: MAX_IMAGES_LISTED })) {
      const ofPage = await this.#checkPage(account, page, options);
      if ('kind' in ofPage) return ofPage;
      checked.push(...ofPage);
    }
    return checked;
  }

  /** Whether the result of {@link check} still holds. */
  holdsFor(updates: readonly Update[]): boolean {
    return this.#dependencies.seen.areFresh(updates);
  }

  /** @returns the update as it is to be sent; or why it has to wait, see `Completion` */
  complete(update: Update): Update | Retried {
    return this.#dependencies.completion?.complete(update) ?? update;
  }

  async #checkPage(
    account: string | null,
    updates: readonly Update[],
    options?: CallOptions,
  ): Promise<Update[] | CallFailed | CallBlocked> {
    const { lists, registry, seen, completion, onListed, clock } = this.#dependencies;
    const at = clock.now();
    const guids = updates.map(({ guid }) => guid);
    const listed = await lists.list(account, guids, options);
    if ('kind' in listed) return listed;
    onListed?.(listed);
    const allowed: Update[] = [];
    /** Updates of which only some changes may be sent: they are coalesced again. */
    const reduced: Update[] = [];
    for (const update of updates) {
      const image = listed.get(update.guid);
      seen.see(account, update.guid, image, at);
      if (image !== undefined) completion?.see(update.guid, image);
      const rest = image === undefined ? update : this.#withoutUnchanged(update, image);
      const permitted = rest && withoutForbidden(rest, image, registry);
      // A part of it may be sent later, and is then checked again.
      if (rest !== undefined && permitted === undefined) seen.forget(rest);
      if (permitted !== undefined) (permitted === rest ? allowed : reduced).push(permitted);
    }
    return [...allowed, ...coalesce(reduced.flatMap(partsOf))];
  }

  /** @returns what differs from what FinerWorks has; undefined where nothing does */
  #withoutUnchanged(update: Update, image: InventoryImage): Update | undefined {
    const { ledger, registry } = this.#dependencies;
    const { guid } = update;
    const byPresence = Map.groupBy(fieldsOf(update), (field) => {
      const shown = image[field];
      const wanted = update[field];
      if (shown === undefined || wanted === undefined) return false;
      // FinerWorks would rewrite the text as it did before.
      const isThere =
        shown === wanted || isStoredAs(wanted, shown, ledger.known(guid, field)?.settled);
      if (!isThere) return false;
      return !isForced(update, field) && !ledger.contradicts(guid, field, shown);
    });
    const [same = [], different = []] = [byPresence.get(true), byPresence.get(false)];
    if (same.length > 0) registry.record(updateOf(update, same), { kind: 'unchanged' });
    return different.length > 0 ? updateOf(update, different) : undefined;
  }
}

/** @returns the changes that allow the removal of products; undefined where none does */
function withoutForbidden(
  update: Update,
  image: InventoryImage | undefined,
  registry: VerdictRegistry,
): Update | undefined {
  if (image === undefined || image.skus.length === 0) return update;
  const { changes } = update;
  const forbidden = changes.filter(({ removeVirtualInventory }) => !removeVirtualInventory);
  if (forbidden.length === 0) return update;
  for (const change of forbidden) registry.recordChange(update, change, wouldRemove(update, image));
  const permitted = changes.filter(({ removeVirtualInventory }) => removeVirtualInventory);
  return permitted.length === 0 ? undefined : { ...update, changes: permitted };
}

function wouldRemove({ guid }: Update, { skus }: InventoryImage): Rejected {
  const more = skus.length > MAX_SKUS ? ` and ${skus.length - MAX_SKUS} more` : '';
  return {
    kind: 'rejected',
    reason: 'WouldRemoveInventory',
    detail: `${guid}: the update would remove ${skus.length} virtual inventory products: ${skus.slice(0, MAX_SKUS).join(', ')}${more}`,
    guids: [guid],
  };
}
