import { readGuid } from '../contract/image.ts';
import { isJsonObject } from '../contract/json.ts';
import type { Field } from '../images/change.ts';

/** The texts of an image as FinerWorks shows them. */
export type Shown = { readonly [field in Field]: string };

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
  if (!isJsonObject(answer) || !Array.isArray(answer.images)) return undefined;
  const shown = new Map<string, Shown>();
  for (const image of answer.images) {
    const guid = isJsonObject(image) ? readGuid(image.guid) : undefined;
    if (guid === undefined || !guids.includes(guid) || shown.has(guid)) return undefined;
    shown.set(guid, shownOf(image));
  }
  return shown;
}

/** A text that is not there, or `null`, is how serialisers write an empty one. */
export function shownOf({ title, description }: { title?: unknown; description?: unknown }): Shown {
  return { title: textOf(title), description: textOf(description) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
