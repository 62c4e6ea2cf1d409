import { readGuid } from '../contract/image.ts';
import { isJsonObject } from '../contract/json.ts';
import type { Keys } from '../keys/keys.ts';
import type { Answer } from './answer.ts';
import { skuOf } from './list-images.ts';

export const LIST_VIRTUAL_INVENTORY = '/v3/list_virtual_inventory';
/**
 * At most 50 products a page, and 50 SKUs in the filter: with more the filter is silently ignored
 * (FinerWorks: POST list_virtual_inventory).
 */
export const MAX_PRODUCTS_LISTED = 50;
/** What a page holds by default (docs/finerworks-api.md). */
const DEFAULT_PER_PAGE = 10;

/** One page of the products of some images. */
export interface InventoryQuery {
  readonly account: string | null;
  /** 1 to {@link MAX_PRODUCTS_LISTED}. */
  readonly guids: readonly string[];
  /** Counted from 1. */
  readonly page: number;
}

/**
 * Lists products. Never rejects; `classify` says what the answer means.
 *
 * @param timeoutSeconds to wait for the answer; `callTimeoutSeconds` unless set
 */
export type ListVirtualInventory = (
  query: InventoryQuery,
  keys: Keys,
  timeoutSeconds?: number,
) => Promise<Answer>;

/** One product of an image. */
export interface ImageProduct {
  readonly guid: string;
  /** `unnamed` where it has no readable SKU. */
  readonly sku: string;
}

/** What a page of products says. */
export interface InventoryPage {
  readonly products: readonly ImageProduct[];
  /** Whether there may be more on another page, however its numbers are understood. */
  readonly mayHaveNext: boolean;
}

/** The request's body for the products of images. */
export function toInventoryBody({ account, guids, page }: InventoryQuery): string {
  return inventoryBody({ guid_filter: guids, account_key: account }, page);
}

/** The request's body for one page of products, in a stable order. */
export function inventoryBody(filter: object, page: number): string {
  return JSON.stringify({
    ...filter,
    page_number: page,
    per_page: MAX_PRODUCTS_LISTED,
    // With the default, "DESC", a product that is added meanwhile moves all others.
    sort_field: 'id',
    sort_direction: 'ASC',
  });
}

/**
 * Reads a successful answer, without a schema as `readList` does.
 *
 * @param answer its JSON
 * @param before how many products the earlier pages had
 * @returns undefined where the answer is not as documented, is another page, or holds a product of
 *   another image: then the filter was ignored
 */
export function readProducts(
  answer: unknown,
  { guids, page }: InventoryQuery,
  before: number,
): InventoryPage | undefined {
  if (!isJsonObject(answer) || !Array.isArray(answer.products)) return undefined;
  if ((answer.page_number ?? page) !== page) return undefined;
  const products: ImageProduct[] = [];
  for (const product of answer.products) {
    const guid = isJsonObject(product) ? readGuid(product.image_guid) : undefined;
    if (guid === undefined || !guids.includes(guid)) return undefined;
    products.push({ guid, sku: skuOf(product) });
  }
  const { length } = products;
  const { per_page, count } = answer;
  const isPageFull =
    typeof per_page === 'number' ? length >= per_page : length === DEFAULT_PER_PAGE;
  const isFull = isPageFull || length >= MAX_PRODUCTS_LISTED;
  const isCountedMore = typeof count === 'number' && count > before + length;
  return { products, mayHaveNext: length > 0 && (isFull || isCountedMore) };
}
