// @ts-nocheck
import * as z from 'zod';
import { Guid } from '../../lambda/contract/image.ts';
import { jsonOrUndefined } from '../../lambda/json-or-undefined.ts';
import type { Images } from './images.ts';
import { modelState, type Reply, status } from './replies.ts';

/** The request as docs/finerworks-api.md has it: at most 50 a page, a session id of 8 to 50. */
const ListImages = z.object({
  library: z.object({
    name: z.enum(['inventory', 'temporary']),
    session_id: z.string().min(8).max(50),
    account_key: z.string().nullish(),
    site_id: z.int().nullish(),
  }),
  guid_filter: z.array(Guid).nullish(),
  page_number: z.int().min(1).default(1),
  per_page: z.int().min(1).max(50).default(10),
  list_products: z.boolean().default(false),
});

/** Answers `POST /v3/list_images`: the images of one library, a page of them. */
export function listImages(body: string, images: Images): Reply {
  const parsed = ListImages.safeParse(jsonOrUndefined(body));
  if (!parsed.success) return modelState('list', ['The request body is not valid.']);
  const { library, guid_filter, page_number, per_page, list_products } = parsed.data;
  const found = images
    .inLibrary(library.name)
    .filter(([guid]) => guid_filter?.includes(guid) ?? true);
  const page = found.slice((page_number - 1) * per_page, page_number * per_page);
  return {
    status: 200,
    body: {
      ...status(200).body,
      images: page.map(([guid, { title, description, products }]) => ({
        guid,
        title,
        description,
        products: list_products ? products.map((sku) => ({ sku })) : null,
      })),
      page_number,
      per_page,
      count: found.length,
    },
  };
}
