import type { ImageChange, ImageValues } from 'finerworks-image-updates-producer';
import { convert } from 'html-to-text';
import * as z from 'zod';
import type { Facts, Product } from './delivery.ts';

/** The metafields that this shop keeps guids in; the webhook's subscription must name the namespace. */
const NAMESPACE = 'finerworks';
/** `{"<id of the image>": "<guid at FinerWorks>"}`, for products of several images. */
const GUIDS = 'image_guids';
/** For products of one image. */
const GUID = 'image_guid';

const GuidsByImage = z.record(z.string(), z.string());

/**
 * What a product says of its images at FinerWorks: one change, since they change together; none
 * where no image has a guid. The image's `alt` is its title, else the product's; an `alt` that is
 * null clears nothing. The product's text is the description, without its HTML.
 */
export function toChanges(product: Product, facts: Facts): ImageChange[] {
  const guids = guidsOf(product);
  const description = textOf(product.body_html);
  const images = product.images.flatMap(({ id, alt }): ImageValues[] => {
    const guid = guids.get(String(id));
    if (guid === undefined) return [];
    return [{ guid, title: alt || product.title, ...(description && { description }) }];
  });
  return images.length === 0 ? [] : [{ ...facts, images }];
}

function guidsOf({ images, metafields = [] }: Product): Map<string, string> {
  const metafield = (wanted: string) =>
    metafields.find(({ namespace, key }) => namespace === NAMESPACE && key === wanted)?.value;
  const byImage = metafield(GUIDS);
  if (byImage !== undefined)
    return new Map(Object.entries(GuidsByImage.parse(JSON.parse(byImage))));
  const guid = metafield(GUID);
  const [only, ...others] = images;
  return guid !== undefined && only !== undefined && others.length === 0
    ? new Map([[String(only.id), guid]])
    : new Map();
}

function textOf(html: string | null | undefined): string {
  return convert(html ?? '', {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
    ],
  }).trim();
}
