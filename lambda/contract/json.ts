import { RejectedEvent } from './rejected-event.ts';

/** Far deeper than any envelope; what is below would overflow the stack of recursive readers. */
const MAX_DEPTH = 100;

/** A JSON object: safe to walk, to compare and to send on. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parses text from outside to a JSON object that is safe to walk, to compare and to send on.
 *
 * @param text a message's body, at most 1 MiB
 * @param path where the text stands in the event, for the faults: `Message`, say
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
    throw new RejectedEvent('NotAnObject', `${subject}: ${nameOf(value)}, not a JSON object`);
  }
  inspect(value, path === '' ? [] : [path]);
  return value;
}

/** Whether a value of JSON is an object, and no list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string, subject: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A SyntaxError's text quotes a few characters around the fault: enough to find it.
    const why = error instanceof Error ? error.message : 'unknown syntax error';
    throw new RejectedEvent('NotJson', `${subject}: ${why}`);
  }
}

/**
 * Looks at every text and key. The recursion ends at the deepest level that is allowed: 1 MiB of `[`
 * nests deeper than the stack reaches.
 *
 * @param path to the value; changed on the way, and as it was afterwards
 */
function inspect(value: unknown, path: PropertyKey[], depth = 0): void {
  if (typeof value === 'string') requireWellFormed(value, path);
  if (typeof value !== 'object' || value === null) return;
  if (depth === MAX_DEPTH) {
    throw new RejectedEvent('NestedTooDeep', `nested deeper than ${MAX_DEPTH} levels`);
  }
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) inspectAt(at, value[at], path, depth + 1);
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) inspectAt(key, value[key], path, depth + 1);
  }
}

function inspectAt(key: string | number, child: unknown, path: PropertyKey[], depth: number): void {
  path.push(key);
  if (typeof key === 'string') requireHarmlessKey(key, path);
  inspect(child, path, depth);
  path.pop();
}

function requireHarmlessKey(key: string, path: readonly PropertyKey[]): void {
  if (key === '__proto__') {
    throw new RejectedEvent('ForbiddenKey', `${formatPath(path)}: a key that no event may have`);
  }
  requireWellFormed(key, path);
}

function requireWellFormed(text: string, path: readonly PropertyKey[]): void {
  if (text.isWellFormed()) return;
  throw new RejectedEvent(
    'LoneSurrogate',
    `${formatPath(path).toWellFormed()}: half of a surrogate pair`,
  );
}

/** Writes a path as producers read it: `images[3].guid`. */
export function formatPath(keys: readonly PropertyKey[]): string {
  return keys
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at > 0 ? '.' : ''}${String(key)}`))
    .join('');
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
