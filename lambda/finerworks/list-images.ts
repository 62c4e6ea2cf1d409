import * as z from 'zod/mini';
import { Guid } from '../contract/image.ts';
import { jsonOrUndefined } from '../json-or-undefined.ts';
import type { Answer } from './answer.ts';
import type { Keys } from './keys.ts';

/** `per_page` is at most 50 (docs/finerworks-api.md): what is asked for fits on one page. */
export const MOST_IMAGES_LISTED = 50;
/** "2 unless told otherwise" (docs/finerworks-api.md). */
const SITE_ID = 2;

/** One `POST /v3/list_images` in the inventory library of one account. */
export interface Query {
  readonly account: string | null;
  /** 1 to {@link MOST_IMAGES_LISTED}. */
  readonly guids: readonly string[];
  /** 8 to 50 characters, required by the API; nothing is known of what it is used for. */
  readonly sessionId: string;
}

/** Asks for images. Resolves to whatever came of it; what it means is for `classify` to say. */
export type ListImages = (query: Query, keys: Keys) => Promise<Answer>;

/** An image of the inventory library, as far as it matters here. */
export interface InventoryImage {
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Of its virtual inventory products; `unnamed` for one without a readable SKU. */
  readonly skus: readonly string[];
}

/** The request's body. */
export function toListBody({ account, guids, sessionId }: Query): string {
  return JSON.stringify({
    library: {
      name: 'inventory',
      session_id: sessionId,
      account_key: account,
      site_id: SITE_ID,
    },
    guid_filter: guids,
    page_number: 1,
    per_page: MOST_IMAGES_LISTED,
    list_products: true,
  });
}

const Text = z.catch(z.optional(z.string()), undefined);
/** The name of the SKU's field is inferred from the sibling calls, which take `sku`. */
const Product = z.catch(z.object({ sku: z.catch(z.string(), 'unnamed') }), {
  sku: 'unnamed',
});

/**
 * `products` must be there, since it was asked for: without it nobody would know whether an update
 * removes any. `null` is how serialisers write "none".
 */
const ListAnswer = z.object({
  images: z.array(
    z.object({
      guid: Guid,
      title: Text,
      description: Text,
      products: z.nullable(z.array(Product)),
    }),
  ),
});

/**
 * Reads a successful answer.
 *
 * @returns the images by guid; undefined where the answer is not as documented, or shows images
 *   that nobody asked for: then the filter was ignored, and absence would mean nothing at all
 */
export function readList(text: string, { guids }: Query): Map<string, InventoryImage> | undefined {
  const { data } = ListAnswer.safeParse(jsonOrUndefined(text));
  if (data === undefined || data.images.some(({ guid }) => !guids.includes(guid))) return undefined;
  return new Map(
    data.images.map(({ guid, title, description, products }) => [
      guid,
      { title, description, skus: (products ?? []).map(({ sku }) => sku) },
    ]),
  );
}
