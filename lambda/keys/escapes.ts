/** The character of an escape, in lower case, and where the escape ends. */
interface Escaped {
  readonly code: number;
  readonly end: number;
}

/** HTML's names of visible ASCII, in lower case (WHATWG: named character references). */
const NAMES: Readonly<Record<string, string>> = {
  ...{ excl: '!', quot: '"', num: '#', dollar: '$', percnt: '%', amp: '&', apos: "'", lpar: '(' },
  ...{ rpar: ')', ast: '*', midast: '*', plus: '+', comma: ',', period: '.', sol: '/' },
  ...{ colon: ':', semi: ';', lt: '<', equals: '=', gt: '>', quest: '?', commat: '@' },
  ...{ lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']', rbrack: ']', hat: '^', lowbar: '_' },
  ...{ underbar: '_', grave: '`', diacriticalgrave: '`', lcub: '{', lbrace: '{', verbar: '|' },
  ...{ verticalline: '|', vert: '|', rcub: '}', rbrace: '}' },
};

/** `#` and `;`, also as URLs and JSON write them: a text that is encoded twice has those. */
const HASH = '(?:#|%(?:25){0,3}23|\\\\{1,4}u0023)';
const SEMICOLON = '(?:;|%(?:25){0,3}3b|\\\\{1,4}u003b)?';
const HEX = 'x0*([2-7][0-9a-f])(?![0-9a-f])';
const DECIMAL = '0*(\\d{2,3})(?!\\d)';
const HTML = new RegExp(
  `(?:${HASH}(?:${HEX}|${DECIMAL})|(${Object.keys(NAMES).join('|')}))${SEMICOLON}`,
  'iy',
);

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;

/** Escapes within escapes: JSON in JSON in JSON begins with four backslashes. */
const DEEPEST = 4;

export function mayBeginEscape(code: number): boolean {
  return code === BACKSLASH || code === PERCENT || code === AMPERSAND;
}

/** In lower case, where it is a letter of ASCII. */
export function lowerCase(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

/**
 * Where a character ends, if a text has it at some place: as itself, or escaped, once or several times.
 * Escapes are those of JSON (`\u002b`, `\/`), of URLs (`%2b`, `%252b`) and of HTML (`&plus;`, `&#43;`),
 * and any of them within another (`\u0026#43;`).
 *
 * @param wanted the character's code, in lower case
 * @returns mostly none; several where it is ambiguous, such as a backslash before a backslash
 */
export function endsOf(wanted: number, text: string, at: number): number[] {
  const ends: number[] = [];
  let code = text.charCodeAt(at);
  let end = at + 1;
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    if (lowerCase(code) === wanted) ends.push(end);
    const escaped = escapedAfter(code, text, end);
    if (escaped === undefined) break;
    ({ code, end } = escaped);
  }
  return ends;
}

/** The escape that a character begins; undefined where it begins none. */
function escapedAfter(introducer: number, text: string, from: number): Escaped | undefined {
  if (introducer === BACKSLASH) return jsonEscape(text, from);
  if (introducer === PERCENT) return hexAt(text, from);
  return introducer === AMPERSAND ? htmlEscape(text, from) : undefined;
}

function jsonEscape(text: string, from: number): Escaped | undefined {
  const next = text.charAt(from);
  if (next === '"' || next === '\\' || next === '/') {
    return { code: next.charCodeAt(0), end: from + 1 };
  }
  const isUnicode = (next === 'u' || next === 'U') && text.startsWith('00', from + 1);
  return isUnicode ? hexAt(text, from + 'u00'.length) : undefined;
}

/** Two hexadecimal digits, of visible ASCII. */
function hexAt(text: string, from: number): Escaped | undefined {
  const [high, low] = [digitOf(text.charCodeAt(from)), digitOf(text.charCodeAt(from + 1))];
  const isVisible = high >= 2 && high <= 7 && low >= 0;
  return isVisible ? { code: lowerCase(16 * high + low), end: from + 2 } : undefined;
}

/** The value of a hexadecimal digit; -1 of anything else. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = lowerCase(code);
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function htmlEscape(text: string, from: number): Escaped | undefined {
  HTML.lastIndex = from;
  const [, hex, decimal, name = ''] = HTML.exec(text) ?? [];
  const end = HTML.lastIndex;
  // Without a match, `lastIndex` is 0.
  if (end === 0) return undefined;
  if (hex !== undefined) return { code: lowerCase(Number.parseInt(hex, 16)), end };
  if (decimal !== undefined) return { code: lowerCase(Number(decimal)), end };
  return { code: (NAMES[name.toLowerCase()] ?? '').charCodeAt(0), end };
}
