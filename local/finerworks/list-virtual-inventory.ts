import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/json-or-undefined.ts';
import { modelState, type Reply, status } from './replies.ts';

/** With more, the filter is ignored without a word (FinerWorks: POST list_virtual_inventory). */
const MAX_FILTER = 50;
const MAX_PER_PAGE = 50;

/** A product of the virtual inventory, as the help page of list_virtual_inventory shows it. */
export interface VirtualProduct {
  readonly sku: string;
  readonly image_guid: string;
  readonly third_party_integrations?: Readonly<Record<string, string | number | null>>;
}

const Query = z.object({
  sku_filter: z.array(z.string()).nullish(),
  page_number: z.int().min(1).default(1),
  per_page: z
    .int()
    .min(1)
    .default(10)
    .transform((count) => Math.min(count, MAX_PER_PAGE)),
});

/** Answers `POST /v3/list_virtual_inventory`, in the order of the products' ids. */
export function listVirtualInventory(body: string, products: readonly VirtualProduct[]): Reply {
  const parsed = Query.safeParse(jsonOrUndefined(body));
  if (!parsed.success) return modelState('list', ['The request body is not valid.']);
  const { sku_filter: filter, page_number: page, per_page: perPage } = parsed.data;
  const wanted =
    filter && filter.length <= MAX_FILTER
      ? products.filter(({ sku }) => filter.includes(sku))
      : products;
  const listed = wanted.slice((page - 1) * perPage, page * perPage);
  const success = z.object({ status: z.unknown() }).parse(status(200).body);
  return {
    status: 200,
    body: {
      ...success,
      products: listed.map((product, at) => ({ id: (page - 1) * perPage + at + 1, ...product })),
      page_number: page,
      per_page: perPage,
      count: wanted.length,
    },
  };
}
