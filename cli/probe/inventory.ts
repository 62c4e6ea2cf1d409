import { readGuid } from '../../lambda/contract/image.ts';
import { isJsonObject } from '../../lambda/contract/json.ts';
import type { CallVerdict } from '../../lambda/finerworks/classify.ts';
import type { Calls } from './calls.ts';
import type { Place } from './library.ts';
import { detailOf, NotSeen } from './not-seen.ts';

/** (FinerWorks: POST list_virtual_inventory) */
const MAX_PER_PAGE = 50;

/** Asks `POST /v3/list_virtual_inventory`, for a page of some images or of all. @throws {Ended} */
export function askInventory(
  calls: Calls,
  { account }: Place,
  guids?: readonly string[],
): Promise<CallVerdict> {
  const body = JSON.stringify({
    ...(guids && { guid_filter: guids }),
    account_key: account,
    page_number: 1,
    per_page: MAX_PER_PAGE,
  });
  return calls.make({ method: 'POST', path: '/v3/list_virtual_inventory', body });
}

/**
 * The images that a page's products are of.
 *
 * @throws {NotSeen} where the answer is not as documented
 */
export function imagesWithProducts(verdict: CallVerdict): ReadonlySet<string> {
  const path = 'list_virtual_inventory';
  if (verdict.kind !== 'applied') throw new NotSeen(`${path}: ${detailOf(verdict)}`);
  const { content } = verdict;
  const products = isJsonObject(content) ? (content.products ?? []) : undefined;
  if (!Array.isArray(products)) throw new NotSeen(`${path}: an answer without a list of products`);
  const guids = products.map((product) =>
    isJsonObject(product) ? readGuid(product.image_guid) : undefined,
  );
  // A product without a readable image may belong to any.
  if (guids.includes(undefined)) throw new NotSeen(`${path}: a product without image_guid`);
  return new Set(guids.flatMap((guid) => guid ?? []));
}

/**
 * Which of some images have products, where the list of images does not say so.
 *
 * @throws {NotSeen} where it can't be known: then each of them may have
 * @throws {Ended}
 */
export async function withProductsAmong(
  calls: Calls,
  place: Place,
  guids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = imagesWithProducts(await askInventory(calls, place, guids));
  const others = [...found].filter((guid) => !guids.includes(guid));
  // The filter was ignored, and what is asked for may be on another page.
  if (others.length > 0) throw new NotSeen('list_virtual_inventory: guid_filter is ignored');
  return found;
}
