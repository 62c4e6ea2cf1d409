import { type EachField, ofEachField } from '../../lambda/contract/fields.ts';
import { readGuid } from '../../lambda/contract/image.ts';
import { isJsonObject, type JsonObject } from '../../lambda/contract/json.ts';
import type { CallVerdict } from '../../lambda/finerworks/classify.ts';
import type { Calls } from './calls.ts';
import { detailOf, NotSeen } from './not-seen.ts';

/** Where images are asked for. */
export interface Place {
  readonly account: string | null;
  /** 8 to 50 characters. */
  readonly sessionId: string;
  readonly siteId: number;
  readonly library: string;
}

/** An image as a list shows it: its texts null as they are; undefined where one is not there, or is no text. */
export interface ShownImage extends EachField<string | null | undefined> {
  readonly guid: string;
  /** The guid as it is written there. */
  readonly written: string;
  /** How many there are; undefined where the field is not there. */
  readonly products: number | undefined;
}

/** A page of a list. */
export interface Page {
  readonly images: readonly ShownImage[];
  readonly count: number | undefined;
}

/** What is asked for besides the place. */
export interface Query {
  readonly guids?: readonly string[];
  readonly page?: number;
  readonly perPage?: number;
}

/**
 * Reads a page of images by `POST /v3/list_images`.
 *
 * @throws {NotSeen} where there is none
 * @throws {Ended}
 */
export async function list(calls: Calls, place: Place, query: Query): Promise<Page> {
  return pageOf(await ask(calls, place, query));
}

/** The same, of a page that FinerWorks may refuse: undefined then. @throws {NotSeen} @throws {Ended} */
export async function listUnlessRefused(
  calls: Calls,
  place: Place,
  query: Query,
): Promise<Page | undefined> {
  const verdict = await ask(calls, place, query);
  return verdict.kind === 'refused' ? undefined : pageOf(verdict);
}

function ask(calls: Calls, place: Place, query: Query): Promise<CallVerdict> {
  const body = {
    library: {
      name: place.library,
      session_id: place.sessionId,
      account_key: place.account,
      site_id: place.siteId,
    },
    ...(query.guids && { guid_filter: query.guids }),
    ...(query.page && { page_number: query.page }),
    ...(query.perPage && { per_page: query.perPage }),
    list_products: true,
  };
  return calls.make({ method: 'POST', path: '/v3/list_images', body: JSON.stringify(body) });
}

function pageOf(verdict: CallVerdict): Page {
  if (verdict.kind !== 'applied') throw new NotSeen(`list_images: ${detailOf(verdict)}`);
  const { content } = verdict;
  if (!isJsonObject(content) || !Array.isArray(content.images)) {
    throw new NotSeen('list_images: an answer without a list of images');
  }
  const images = content.images.flatMap((image) => (isJsonObject(image) ? shownOf(image) : []));
  return { images, count: typeof content.count === 'number' ? content.count : undefined };
}

function shownOf(image: JsonObject): ShownImage[] {
  const { guid: written, products } = image;
  const guid = readGuid(written);
  if (guid === undefined || typeof written !== 'string') return [];
  const count = Array.isArray(products) ? products.length : products === null ? 0 : undefined;
  const texts = ofEachField((field) => textOf(image[field]));
  return [{ guid, written, ...texts, products: count }];
}

function textOf(value: unknown): string | null | undefined {
  return typeof value === 'string' || value === null ? value : undefined;
}
