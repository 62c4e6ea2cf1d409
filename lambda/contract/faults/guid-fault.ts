import { codePointOf, invisibleIn, notAText, quoted } from './quoted.ts';

const DIGITS = 32;

/** Hyphens that word processors and fonts write instead of the one on the keyboard. */
const OTHER_HYPHEN = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/;

/** Other values that stand where a guid should be, and what is wrong with them; the first that fits. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^[({]?(?:urn:uuid:)?[0-]+[)}]?$/i, 'is all zeros: none was set'],
  [/^\s|\s$/, 'has a space before or after it'],
  [/^["'`]/, 'has quotation marks of its own'],
  [/^\{0x/i, 'is written in parts: write 8-4-4-4-12 hexadecimal digits'],
  [/^\(.*\)$/, 'stands in parentheses'],
  [/^[a-z][a-z\d+.-]*:\/\//i, 'is an address: write the guid alone'],
  [/^[\w+/-]{22}(?:==)?$/, 'looks like base64: write 8-4-4-4-12 hexadecimal digits'],
  [/^[\dA-HJKMNP-TV-Z]{26}$/i, 'looks like a ULID, not a UUID'],
];

/** So near to a guid that its one fault can be named. */
const NEARLY = /^[{]?(?:urn:uuid:)?[^\s{}]{28,40}[}]?$/i;

/** What is wrong with a value that should be a guid and is not. */
export function guidFault(value: unknown): string {
  return typeof value === 'string' ? `${quoted(value)} ${faultOf(value)}` : notAText(value);
}

function faultOf(text: string): string {
  const invisible = invisibleIn(text);
  if (invisible !== undefined) return `holds ${invisible}`;
  const [hyphen] = OTHER_HYPHEN.exec(text) ?? [];
  if (hyphen !== undefined) return `is written with ${codePointOf(hyphen)}, which is no hyphen`;
  const [, kind] = KINDS.find(([pattern]) => pattern.test(text)) ?? [];
  if (kind !== undefined) return kind;
  return NEARLY.test(text) ? slipIn(text.replace(/^\{?(?:urn:uuid:)?/i, '')) : 'is not a UUID';
}

/** @param text where it begins with the digits */
function slipIn(text: string): string {
  const [other] = /[^\da-fA-F}-]/u.exec(text) ?? [];
  if (other !== undefined) {
    return `holds ${quoted(other)} (${codePointOf(other)}), which is no hexadecimal digit`;
  }
  const digits = text.replace(/[}-]/g, '').length;
  if (digits !== DIGITS) return `has ${digits} hexadecimal digits, not ${DIGITS}`;
  return 'is not a UUID: write 8-4-4-4-12 digits, in both braces or in none';
}
