import { endsOf, lowerCase, mayBeginEscape } from './escapes.ts';
import type { Keys } from './keys.ts';

/** Replaces a key. No key holds such a character. */
const BLOT = '███';

/** Whether a key may have been removed from a text, so that the original is unknown. */
export function mayHoldKeys(text: string): boolean {
  return text.includes(BLOT);
}

/** A key, prepared for the search. */
interface Wanted {
  /** The key as it is, in any case. */
  readonly plain: RegExp;
  /** Where it can begin, escaped or not. */
  readonly starts: RegExp;
  /** Its characters, in lower case. */
  readonly codes: readonly number[];
}

/** Keys stay the same for many answers. */
const wantedOf = new WeakMap<Keys, readonly Wanted[]>();

/**
 * Removes the keys from a text from outside, in upper and lower case and however their characters are
 * escaped: some servers repeat the request that they refuse, and their answer is decoded on its way to
 * logs and dead letters.
 */
export function redactKeys(text: string, keys: Keys): string {
  const wanted = wantedOf.get(keys) ?? [keys.web_api_key, keys.app_key].map(toWanted);
  wantedOf.set(keys, wanted);
  return wanted.reduce(redact, text);
}

function toWanted(key: string): Wanted {
  return {
    plain: new RegExp(literal(key), 'gi'),
    starts: new RegExp(`[\\\\%&]|${literal(key.slice(0, 1))}`, 'gi'),
    codes: Array.from(key, (character) => lowerCase(character.charCodeAt(0))),
  };
}

/** A pattern that matches only this text. */
function literal(text: string): string {
  return text.replaceAll(/[^a-z0-9]/gi, (one) => `\\x${one.charCodeAt(0).toString(16)}`);
}

function redact(text: string, { plain, starts, codes }: Wanted): string {
  // Most answers hold no escape and no key.
  if (!/[\\%&]/.test(text)) return text.replaceAll(plain, BLOT);
  let blotted = '';
  let done = 0;
  starts.lastIndex = 0;
  while (starts.test(text)) {
    const start = starts.lastIndex - 1;
    const end = endOfKey(text, start, codes);
    if (end === undefined) continue;
    blotted += text.slice(done, start) + BLOT;
    done = end;
    starts.lastIndex = end;
  }
  return done === 0 ? text : blotted + text.slice(done);
}

/** Where a key ends that begins at `start`, escaped or not; undefined where none begins. */
function endOfKey(text: string, start: number, codes: readonly number[]): number | undefined {
  let at = start;
  let length = 0;
  // Nearly every place fails after a character or two.
  while (!mayBeginEscape(text.charCodeAt(at)) && lowerCase(text.charCodeAt(at)) === codes[length]) {
    at += 1;
    length += 1;
  }
  if (length === codes.length) return at;
  if (!mayBeginEscape(text.charCodeAt(at))) return undefined;
  let places = [at];
  for (const code of codes.slice(length)) {
    const next = places.flatMap((place) => endsOf(code, text, place));
    if (next.length === 0) return undefined;
    // Different escapes end at one place: without this, a text of backslashes would have too many.
    places = next.length === 1 ? next : [...new Set(next)];
  }
  return Math.max(...places);
}
