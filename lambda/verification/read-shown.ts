import { type EachField, ofEachField } from '../contract/fields.ts';
import { imagesIn } from '../finerworks/list-images.ts';

/** The texts of an image as FinerWorks shows them. */
export type Shown = EachField<string>;

/**
 * Reads the texts of a list, and nothing else: what to make of missing products is the preflight's
 * affair.
 *
 * @param answer the JSON of a successful answer
 * @returns by guid; undefined where the answer is not as documented, or shows an image that nobody
 *   asked for, or one twice: then nothing of it can be believed
 */
export function readShown(
  answer: unknown,
  guids: readonly string[],
): Map<string, Shown> | undefined {
  return imagesIn(answer, guids, shownOf);
}

/** A text that is not there, or `null`, is how serialisers write an empty one. */
export function shownOf(image: Partial<EachField<unknown>>): Shown {
  return ofEachField((field) => textOf(image[field]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
