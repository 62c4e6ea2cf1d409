import { excerptOf } from '../../general/excerpt.ts';

/** Longest quotation of a value, in UTF-16 code units: a guid in any of its forms fits. */
const QUOTED_LENGTH = 48;

/** Control and format characters, halves of pairs, and all spaces but the usual one. */
const INVISIBLE = /(?! )[\p{C}\p{Z}]/u;
const EVERY_INVISIBLE = new RegExp(INVISIBLE, 'gu');

/** Usual names of the invisible characters that get into values by copying. */
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
 * A value as faults quote it: a text is shortened, in quotation marks, its invisible characters
 * escaped; a list or an object is only named.
 */
export function quoted(value: unknown): string {
  if (typeof value === 'string') {
    const rest = value.length > QUOTED_LENGTH ? '…' : '';
    return withEscapes(JSON.stringify(excerptOf(value, QUOTED_LENGTH) + rest));
  }
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** What a value is that should be a text. */
export function notAText(value: unknown): string {
  return value === undefined ? 'missing' : `${quoted(value)} is not a text`;
}

/** The same text, its invisible characters escaped as in JSON. */
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

/** The name of the first invisible character of a text; undefined where there is none. */
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
