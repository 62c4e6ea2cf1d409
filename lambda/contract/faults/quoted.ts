import { excerptOf } from '../../general/excerpt.ts';

/** Of a value in a fault: a guid in any of its forms fits, in UTF-16 code units. */
const SHOWN_OF_VALUE = 48;

/** What nobody sees: control and format characters, halves of pairs, and spaces but the usual one. */
const INVISIBLE = /(?! )[\p{C}\p{Z}]/u;
const EVERY_INVISIBLE = new RegExp(INVISIBLE, 'gu');

/** The invisible characters that get into values by copying, as people know them. */
const NAMES: Readonly<Record<string, string>> = {
  '\0': 'a NUL',
  '\t': 'a tab',
  '\n': 'a line break',
  '\r': 'a carriage return',
  '\u00A0': 'a no-break space',
  '\u200B': 'a zero width space',
  '\u200E': 'a left-to-right mark',
  '\uFEFF': 'a byte order mark',
};

/**
 * A value as faults quote it: a text shortened, in quotation marks and with what nobody sees as
 * escapes; of a list or an object only what it is.
 */
export function quoted(value: unknown): string {
  if (typeof value === 'string') {
    const rest = value.length > SHOWN_OF_VALUE ? '…' : '';
    return withEscapes(JSON.stringify(excerptOf(value, SHOWN_OF_VALUE) + rest));
  }
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** Says of a value that should be a text what it is instead. */
export function notAText(value: unknown): string {
  return value === undefined ? 'missing' : `${quoted(value)} is not a text`;
}

/** The same text with what nobody sees written as JSON escapes it. */
export function withEscapes(text: string): string {
  return text.replace(EVERY_INVISIBLE, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeOf(character.charCodeAt(at))).join(
      '',
    ),
  );
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** The first character of a text that nobody sees, by its name; undefined where there is none. */
export function invisibleIn(text: string): string | undefined {
  const [character] = INVISIBLE.exec(text) ?? [];
  if (character === undefined) return undefined;
  const name = NAMES[character];
  return name === undefined ? codePointOf(character) : `${name} (${codePointOf(character)})`;
}

/** `U+200B` */
export function codePointOf(character: string): string {
  const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${digits.padStart(4, '0')}`;
}
