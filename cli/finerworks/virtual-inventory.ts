import * as z from 'zod';
import {
  inventoryBody,
  LIST_VIRTUAL_INVENTORY,
  type MAX_PRODUCTS_LISTED,
} from '../../lambda/finerworks/list-virtual-inventory.ts';
import type { ClientSettings } from '../../lambda/finerworks/request.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import { UnavailableError } from '../errors.ts';
import { ask } from './finerworks.ts';

/** A product's description is HTML of some pages at most. */
const CAP = 16 * 1_048_576;

/** Each shop has its own fields; FinerWorks writes 0 or null for "none". */
const Id = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((id) => (id === undefined || id === null || id === 0 ? '' : String(id)))
  .catch('');

/** A product of the virtual inventory, as far as it leads from a shop to an image. */
const Product = z
  .object({
    sku: Id,
    image_guid: Id,
    third_party_integrations: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  })
  .transform(({ sku, image_guid: guid, third_party_integrations: shops }) => ({
    sku,
    guid,
    shops: Object.fromEntries(
      Object.entries(shops ?? {}).flatMap(([name, value]) => {
        const id = Id.parse(value);
        return id === '' ? [] : [[name, id] as const];
      }),
    ),
  }));
export type Product = z.output<typeof Product>;

const Page = z.object({ products: z.array(Product).nullish() });

/**
 * Lists one page of products.
 *
 * @param skus the filter, at most {@link MAX_PRODUCTS_LISTED}; undefined for all products
 * @param page counted from 1
 * @throws {UnavailableError} with a reason of lambda/verdicts/reasons.ts
 */
export async function listVirtualInventory(
  skus: readonly string[] | undefined,
  page: number,
  keys: Keys,
  settings: ClientSettings,
): Promise<Product[]> {
  const path = LIST_VIRTUAL_INVENTORY;
  const body = inventoryBody({ ...(skus && { sku_filter: skus }) }, page);
  const text = await ask({ method: 'POST', path, body, cap: CAP }, keys, settings);
  const parsed = Page.safeParse(jsonOrUndefined(text));
  if (parsed.success) return parsed.data.products ?? [];
  throw new UnavailableError(
    'UnreadableAnswer',
    `FinerWorks, ${path}: an answer without a list of products`,
  );
}
