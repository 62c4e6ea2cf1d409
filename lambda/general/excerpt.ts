/**
 * The beginning of a text, for a place with little room. A surrogate pair that the cut halves is
 * replaced, since UTF-8 cannot carry it.
 *
 * @param length in UTF-16 code units
 */
export function excerptOf(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
