import { type EachField, ofEachField } from '../contract/fields.ts';
import { imagesIn } from '../finerworks/list-images.ts';

/** The texts of an image as FinerWorks shows them. */
export type Shown = EachField<string>;

/**
 * Reads only the texts of a list: the preflight judges its products.
 *
 * @param answer the JSON of a successful answer
 * @returns by guid; undefined where the answer is not as documented, shows an image that was not asked
 *   for, or shows one twice: then nothing of it can be believed
 */
export function readShown(
  answer: unknown,
  guids: readonly string[],
): Map<string, Shown> | undefined {
  return imagesIn(answer, guids, shownOf);
}

/** A missing text, or `null`, counts as an empty one: serialisers write it so. */
export function shownOf(image: Partial<EachField<unknown>>): Shown {
  return ofEachField((field) => textOf(image[field]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
