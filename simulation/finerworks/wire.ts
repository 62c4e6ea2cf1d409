import * as z from 'zod';
import { FIELDS, type Field, ofEachField, type Values } from '../../lambda/contract/fields.ts';

/** A body as FinerWorks documents it; a field that it does not know would be a defect of ours. */
const Body = z.strictObject({
  images: z
    .array(
      z.strictObject({
        guid: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        ...ofEachField(() => z.string().optional()),
      }),
    )
    .min(1),
  account_key: z.string().min(1).nullable(),
});

export interface WireImage extends Values {
  readonly guid: string;
}

/** One call as it arrives at FinerWorks. */
export interface WireCall {
  readonly account: string | null;
  readonly images: readonly WireImage[];
  /** The body's text. */
  readonly text: string;
}

/**
 * Reads a call's body.
 *
 * @throws where the body is not as documented
 */
export function readWireCall(text: string): WireCall {
  const { images, account_key: account } = Body.parse(JSON.parse(text));
  const guids = new Set(images.map(({ guid }) => guid));
  if (guids.size < images.length) throw new Error('One image stands in the call twice');
  return { account, images, text };
}

/** Writes one image's call, to know how large it is. */
export function sizeAlone(image: WireImage, account: string | null): number {
  return Buffer.byteLength(JSON.stringify({ images: [image], account_key: account }));
}

/** What a call or an event sets of one image, value by value. */
export function valuesOf(image: WireImage): { key: string; field: Field; value: string }[] {
  return FIELDS.flatMap((field) => {
    const value = image[field];
    return value === undefined ? [] : [{ key: `${image.guid} ${field}`, field, value }];
  });
}
