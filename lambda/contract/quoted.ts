/** Enough to know a key by, in UTF-16 code units. */
const SHOWN = 40;

/** What nobody sees, or sees as something else: controls, format characters, spaces but the plain one. */
const INVISIBLE = /(?! )[\p{C}\p{Z}]/gu;

/** The beginning of a text between quotation marks, with escapes for what can't be seen. */
export function quoted(text: string): string {
  const shown = text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
  // Half of a pair, as the cut may leave one, is written as an escape.
  return JSON.stringify(shown).replace(INVISIBLE, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).padStart(4, '0');
  return digits.length === 4 ? `\\u${digits}` : `\\u{${digits}}`;
}
