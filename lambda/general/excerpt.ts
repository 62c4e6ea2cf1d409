/**
 * The beginning of a text, for a place with little room. What is cut may be half a surrogate pair, which
 * no UTF-8 can carry.
 *
 * @param length in UTF-16 code units
 */
export function excerptOf(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
