import * as z from 'zod';
import { Guid } from '../../lambda/contract/image.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { Images } from './images.ts';
import type { Habits } from './readings.ts';
import { modelState, type Reply, status } from './replies.ts';
import { writtenGuid } from './taking.ts';

/** With more, the filter is silently ignored (FinerWorks: POST list_virtual_inventory). */
const MAX_FILTER = 50;
const MAX_PER_PAGE = 50;

/** The shop ids of FinerWorks' example; those of the products here count up from them. */
const FIRST_PRODUCT_ID = 123_456_789;
const FIRST_VARIANT_ID = 24_681_012;

const Query = z.object({
  sku_filter: z.array(z.string()).nullish(),
  guid_filter: z.array(Guid).nullish(),
  account_key: z.string().nullish(),
  page_number: z.int().min(1).default(1),
  per_page: z
    .int()
    .min(1)
    .default(10)
    .transform((count) => Math.min(count, MAX_PER_PAGE)),
});

/** Answers `POST /v3/list_virtual_inventory` with the products of inventory images. */
export function listVirtualInventory(body: string, images: Images, { readings }: Habits): Reply {
  const parsed = Query.safeParse(jsonOrUndefined(body));
  if (!parsed.success) return modelState('list', ['The request body is not valid.']);
  const { page_number: page, per_page: perPage } = parsed.data;
  const [skus, guids] = [parsed.data.sku_filter, parsed.data.guid_filter].map(usable);
  const wanted = productsOf(images).filter(
    ({ sku, image_guid }) => (skus?.includes(sku) ?? true) && (guids?.includes(image_guid) ?? true),
  );
  return {
    status: 200,
    body: {
      ...status(200).body,
      products: wanted
        .slice((page - 1) * perPage, page * perPage)
        .map((product) => ({ ...product, image_guid: writtenGuid(product.image_guid, readings) })),
      page_number: page,
      per_page: perPage,
      count: wanted.length,
    },
  };
}

/** A filter, unless there is none or it is too long. */
function usable(filter: readonly string[] | null | undefined): readonly string[] | undefined {
  return filter && filter.length <= MAX_FILTER ? filter : undefined;
}

function productsOf(images: Images) {
  return images
    .inLibrary('inventory')
    .flatMap(([guid, { products }]) => products.map((sku) => ({ sku, image_guid: guid })))
    .map((product, at) => ({
      id: at + 1,
      ...product,
      third_party_integrations: {
        shopify_product_id: FIRST_PRODUCT_ID + at,
        shopify_variant_id: FIRST_VARIANT_ID + at,
        woocommerce_product_id: 0,
        etsy_product_id: null,
      },
    }));
}
