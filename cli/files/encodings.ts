import { isUtf8 } from 'node:buffer';

const EXCEL = 'save it as UTF-8, in Excel as "CSV UTF-8 (Comma delimited)"';
const UTF_16 = `UTF-16, which Excel calls "Unicode Text"; ${EXCEL}`;

/** How files begin that are no text in UTF-8 at all, and what to do about them. */
const BEGINNINGS = [
  { bytes: [0xff, 0xfe], advice: UTF_16 },
  { bytes: [0xfe, 0xff], advice: UTF_16 },
  { bytes: [0x50, 0x4b, 0x03, 0x04], advice: `a spreadsheet (xlsx) or another zip file; ${EXCEL}` },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], advice: `a spreadsheet of old (xls); ${EXCEL}` },
  { bytes: [0x1f, 0x8b], advice: 'compressed (gzip); unpack it first' },
] as const;

/** The longest character of UTF-8, less its last byte. */
export const MAX_CHARACTER_BYTES = 3;

/**
 * Names a file by its first bytes that is no text in UTF-8.
 *
 * @returns what it is and what to do; undefined for what may be one
 */
export function foreignBeginning(bytes: Uint8Array): string | undefined {
  const known = BEGINNINGS.find((one) => one.bytes.every((byte, at) => bytes[at] === byte));
  if (known !== undefined) return known.advice;
  // Text has no zero byte; in UTF-16 without a mark each Latin letter has one.
  return bytes.length > 1 && (bytes[0] === 0 || bytes[1] === 0) ? UTF_16 : undefined;
}

/**
 * Finds the first byte that is no UTF-8.
 *
 * @param bytes what could not be read, from the end of what could; may begin within a character
 * @returns how many lines after the first it stands, and what it is
 */
export function foreignByte(bytes: Uint8Array): { readonly line: number; readonly what: string } {
  let start = 0;
  while (start < MAX_CHARACTER_BYTES && isContinuation(bytes[start])) start += 1;
  for (let line = 0; ; line += 1) {
    const end = bytes.indexOf(10, start);
    const text = bytes.subarray(start, end < 0 ? undefined : end);
    if (end < 0 || !isUtf8(text)) return { line, what: describe(text) };
    start = end + 1;
  }
}

function describe(line: Uint8Array): string {
  // A decoder that is not strict writes U+FFFD for what it can't read.
  const [readable = ''] = new TextDecoder().decode(line).split('\uFFFD', 1);
  const byte = line.subarray(Buffer.byteLength(readable)).subarray(0, 1);
  const [hexadecimal = ''] = Array.from(byte, (code) => `0x${code.toString(16).toUpperCase()}`);
  const letter = new TextDecoder('windows-1252').decode(byte);
  return `not UTF-8: the byte ${hexadecimal} ("${letter}" in Windows-1252); ${EXCEL}`;
}

function isContinuation(byte = 0): boolean {
  return byte >= 0x80 && byte < 0xc0;
}
