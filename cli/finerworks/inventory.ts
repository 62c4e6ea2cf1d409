import { MAX_PRODUCTS_LISTED } from '../../lambda/finerworks/list-virtual-inventory.ts';
import type { ClientSettings } from '../../lambda/finerworks/request.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import { listVirtualInventory, type Product } from './virtual-inventory.ts';

/** How the inventory is asked for. */
export interface InventoryDependencies {
  readonly keys: Keys;
  readonly settings: ClientSettings;
  /** Called with the number of products found so far. */
  readonly onPage: (products: number) => void;
}

/**
 * Lists the products of the virtual inventory, each once.
 *
 * @param skus only these; undefined for all
 * @throws {UnavailableError} with a reason of lambda/verdicts/reasons.ts
 */
export async function inventoryOf(
  skus: readonly string[] | undefined,
  dependencies: InventoryDependencies,
): Promise<Product[]> {
  const found = new Map<string, Product>();
  for (const filter of filtersOf(skus)) await addPages(filter, found, dependencies);
  return [...found.values()];
}

/** Asks page after page, until one is not full or brings nothing new. */
async function addPages(
  filter: readonly string[] | undefined,
  found: Map<string, Product>,
  { keys, settings, onPage }: InventoryDependencies,
): Promise<void> {
  const wanted = filter && new Set(filter.map(keyOf));
  for (let page = 1; ; page += 1) {
    const products = await listVirtualInventory(filter, page, keys, settings);
    const before = found.size;
    for (const product of products) {
      // A filter that was not understood is silently ignored (FinerWorks).
      if (wanted?.has(keyOf(product.sku)) === false) continue;
      found.set(`${keyOf(product.sku)} ${product.guid}`, product);
    }
    onPage(found.size);
    if (products.length < MAX_PRODUCTS_LISTED || found.size === before) return;
  }
}

function filtersOf(skus: readonly string[] | undefined): (readonly string[] | undefined)[] {
  if (skus === undefined) return [undefined];
  const each = [...new Map(skus.map((sku) => [keyOf(sku), sku])).values()];
  const filters: string[][] = [];
  for (let at = 0; at < each.length; at += MAX_PRODUCTS_LISTED) {
    filters.push(each.slice(at, at + MAX_PRODUCTS_LISTED));
  }
  return filters;
}

/** One SKU may be written in two ways; which of them FinerWorks keeps is not known. */
export function keyOf(sku: string): string {
  return sku.trim().toLowerCase();
}
