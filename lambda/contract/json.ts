import { withEscapes } from './faults/quoted.ts';
import { RejectedEvent } from './rejected-event.ts';

/** Far deeper than any envelope; much deeper levels overflow the stack of recursive readers. */
const MAX_DEPTH = 100;

/** Longest key in a path: enough to find it; a key can be as long as the message. */
const KEY_LENGTH = 100;

/** A JSON object: safe to walk, to compare and to send on. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parses text from outside to a JSON object that is safe to walk, to compare and to send on.
 *
 * @param text a message's body, at most 1 MiB
 * @param path of the text in the event, for the faults: `Message`, say
 * @throws {RejectedEvent} `ByteOrderMark`, `NotJson`, `NotAnObject`, `NestedTooDeep`,
 *   `LoneSurrogate` or `ForbiddenKey`
 */
export function parseJson(text: string, path = ''): JsonObject {
  const subject = path === '' ? 'the body' : path;
  if (text.startsWith('\uFEFF')) {
    throw new RejectedEvent(
      'ByteOrderMark',
      `${subject}: begins with a byte order mark; send it without`,
    );
  }
  const value = parse(text, subject);
  if (!isJsonObject(value)) {
    throw new RejectedEvent(
      'NotAnObject',
      `${subject}: ${nameOf(value)}, not a JSON object`,
      value,
    );
  }
  const fault = faultIn(value);
  if (fault === undefined) return value;
  const where = formatPath([...(path === '' ? [] : [path]), ...fault.path]).toWellFormed();
  throw new RejectedEvent(fault.reason, `${where}: ${fault.what}`);
}

/** Whether a value of JSON is an object, and no list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string, subject: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A SyntaxError's text quotes a few characters around the fault.
    const why = error instanceof Error ? error.message : 'unknown syntax error';
    throw new RejectedEvent('NotJson', `${subject}: ${why}`, text);
  }
}

/** What is wrong with a text or a key, and where. */
interface Fault {
  readonly reason: 'ForbiddenKey' | 'LoneSurrogate';
  readonly what: string;
  readonly path: readonly PropertyKey[];
}

const HALF_A_PAIR = {
  reason: 'LoneSurrogate',
  what: 'half of a surrogate pair',
  path: [],
} as const;
const FORBIDDEN = {
  reason: 'ForbiddenKey',
  what: 'a key that no event may have',
  path: [],
} as const;

/**
 * The first fault of all texts and keys. Its path is built only when there is one. The recursion ends
 * at the deepest level that is allowed: 1 MiB of `[` nests deeper than the stack reaches.
 */
function faultIn(value: unknown, depth = 0): Fault | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : HALF_A_PAIR;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === MAX_DEPTH) {
    throw new RejectedEvent('NestedTooDeep', `nested deeper than ${MAX_DEPTH} levels`);
  }
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const fault = faultIn(value[at], depth + 1);
      if (fault !== undefined) return under(at, fault);
    }
  } else if (isJsonObject(value)) {
    // Objects of JSON.parse have only own keys, and Object.keys would take longer.
    for (const key in value) {
      const fault = faultOfKey(key) ?? faultIn(value[key], depth + 1);
      if (fault !== undefined) return under(key, fault);
    }
  }
  return undefined;
}

function faultOfKey(key: string): Fault | undefined {
  if (key === '__proto__') return FORBIDDEN;
  return key.isWellFormed() ? undefined : HALF_A_PAIR;
}

function under(key: PropertyKey, { path, ...fault }: Fault): Fault {
  return { ...fault, path: [key, ...path] };
}

/** Writes a path as producers read it: `images[3].guid`. */
export function formatPath(keys: readonly PropertyKey[]): string {
  return keys
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at > 0 ? '.' : ''}${shown(key)}`))
    .join('');
}

/** Spaces in a key are visible only between quotation marks. */
function shown(key: string | symbol): string {
  const text = /\s/.test(String(key)) ? JSON.stringify(key) : String(key);
  return withEscapes(text.length <= KEY_LENGTH ? text : `${text.slice(0, KEY_LENGTH)}…`);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
