import type { AllValues } from '../contract/fields.ts';
import { readGuid } from '../contract/image.ts';
import { isJsonObject, type JsonObject } from '../contract/json.ts';
import type { Keys } from '../keys/keys.ts';
import type { Answer } from './answer.ts';
import {
  DEFAULT_LIBRARY,
  DEFAULT_SITE_ID,
  type ListSettings,
  sessionIdOf,
} from './list-settings.ts';

/** `per_page` is at most 50 (docs/finerworks-api.md): what is asked for fits on one page. */
export const MAX_IMAGES_LISTED = 50;
/** What a page holds where nothing is said of it (docs/finerworks-api.md). */
const DEFAULT_PER_PAGE = 10;
/** Of a SKU: enough to recognise it. Dead letters name some of them. */
const SHOWN_OF_SKU = 100;

/** One `POST /v3/list_images` in the inventory library of one account. */
export interface Query {
  readonly account: string | null;
  /** 1 to {@link MAX_IMAGES_LISTED}. */
  readonly guids: readonly string[];
  /** 8 to 50 characters, required by the API; used where no setting names one. */
  readonly sessionId: string;
}

/**
 * Asks for images. Resolves to whatever came of it; what it means is for `classify` to say.
 *
 * @param timeoutSeconds to wait for the answer; `callTimeoutSeconds` unless set
 */
export type ListImages = (query: Query, keys: Keys, timeoutSeconds?: number) => Promise<Answer>;

/** An image as a list shows it, as far as it matters here. */
export interface ListedImage extends AllValues {
  /**
   * Of its virtual inventory products; `unnamed` for one without a readable SKU. Undefined where the
   * list does not say whether it has any.
   */
  readonly skus: readonly string[] | undefined;
}

/** The request's body. */
export function toListBody(
  { account, guids, sessionId }: Query,
  settings: ListSettings = {},
): string {
  const { listSiteId = DEFAULT_SITE_ID, listLibrary = DEFAULT_LIBRARY } = settings;
  return JSON.stringify({
    library: {
      name: listLibrary,
      session_id: sessionIdOf(account, settings, sessionId),
      account_key: account,
      site_id: listSiteId,
    },
    guid_filter: guids,
    page_number: 1,
    per_page: MAX_IMAGES_LISTED,
    list_products: true,
  });
}

/**
 * Reads a successful answer. By hand: a schema would make something of each of a million items that
 * no list should have.
 *
 * @param answer its JSON
 * @returns the images by guid; undefined where the answer is not as documented, does not show the
 *   whole of what was asked for, or shows images that nobody asked for: then the filter was ignored,
 *   and absence would mean nothing at all
 */
export function readList(answer: unknown, { guids }: Query): Map<string, ListedImage> | undefined {
  const listed = imagesIn(answer, guids, readImage);
  if (listed === undefined || !isJsonObject(answer)) return undefined;
  const isAllThere = guids.every((guid) => listed.has(guid));
  return isAllThere || isWhole(answer, listed.size) ? listed : undefined;
}

/**
 * Reads each image that a list shows, whether the list is whole or not.
 *
 * @param read undefined where an image is not as documented
 * @returns by guid; undefined where any is not, or nobody asked for it, or it is there twice: of such
 *   an image nobody knows which of the two is true
 */
export function imagesIn<Image>(
  answer: unknown,
  guids: readonly string[],
  read: (image: JsonObject) => Image | undefined,
): Map<string, Image> | undefined {
  if (!isJsonObject(answer) || !Array.isArray(answer.images)) return undefined;
  const images = new Map<string, Image>();
  for (const value of answer.images) {
    const guid = isJsonObject(value) ? readGuid(value.guid) : undefined;
    const image = isJsonObject(value) ? read(value) : undefined;
    if (guid === undefined || image === undefined) return undefined;
    if (!guids.includes(guid) || images.has(guid)) return undefined;
    images.set(guid, image);
  }
  return images;
}

/**
 * `products` was asked for; the newer host's example has none all the same (docs/finerworks-api.md).
 * `null` is how serialisers write "none".
 */
function readImage({ title, description, products }: JsonObject): ListedImage | undefined {
  const listed = products === null ? [] : products;
  if (listed !== undefined && !Array.isArray(listed)) return undefined;
  return { title: textOf(title), description: textOf(description), skus: listed?.map(skuOf) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The SKU of a product of the virtual inventory, shortened. */
export function skuOf(product: unknown): string {
  const sku = isJsonObject(product) ? textOf(product.sku) : undefined;
  return sku?.slice(0, SHOWN_OF_SKU) ?? 'unnamed';
}

/**
 * Whether a list that leaves images out can be believed: what is left out is sent, and loses its
 * products if it was only on another page. What `count` counts is not documented, so that any which
 * is higher than what is shown may mean that there is more (docs/finerworks-api.md).
 */
function isWhole({ page_number, per_page, count }: JsonObject, shown: number): boolean {
  const perPage = per_page ?? (shown === DEFAULT_PER_PAGE ? shown : Number.POSITIVE_INFINITY);
  const counted = count ?? 0;
  return (
    (page_number ?? 1) === 1 &&
    typeof perPage === 'number' &&
    shown < perPage &&
    typeof counted === 'number' &&
    counted <= shown
  );
}
