/**
 * What a terminal obeys instead of showing it, or what changes how other text is shown: control characters
 * (U+009B begins a sequence as ESC [ does), marks of direction such as U+202E, invisible formatting,
 * separators of lines, and halves of surrogate pairs. Joiners stay: names and emoji are written with them.
 */
// @ts-nocheck

const UNPRINTABLE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text of strangers as a terminal may have it: `\u009b` for what it would obey. Lines stay lines. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(UNPRINTABLE, escaped);
}

/** A value as one line of JSON with the same escapes, which mean the same there. */
export function printableJson(value: object): string {
  return JSON.stringify(value).replaceAll(UNPRINTABLE, escaped);
}

function escaped(character: string): string {
  // Beyond U+FFFF these are two units, and JSON has an escape for each.
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}
