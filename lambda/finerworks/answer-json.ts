import { jsonOrUndefined } from '../general/json-or-undefined.ts';

/**
 * The most objects, lists and fields of an answer: 50 images of 20 fields and 38 products of 20 fields
 * have 40,000. Five times as many leave room for texts that hold such characters.
 */
const MAX_PARTS = 200_000;
const PARTS: ReadonlySet<number> = new Set(['{', '[', ':'].map((part) => part.charCodeAt(0)));

/**
 * Parses an answer of FinerWorks; undefined where its text is no JSON, or has so many parts that they
 * would take up to 30 times the memory of the text.
 */
export function answerJson(text: string): unknown {
  return text.length > MAX_PARTS && partsOf(text) > MAX_PARTS ? undefined : jsonOrUndefined(text);
}

function partsOf(text: string): number {
  let parts = 0;
  for (let at = 0; at < text.length; at += 1) if (PARTS.has(text.charCodeAt(at))) parts += 1;
  return parts;
}
