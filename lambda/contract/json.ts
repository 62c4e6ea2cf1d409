import * as z from 'zod';
import { RejectedEvent } from './rejected-event.ts';

/** Far deeper than any envelope; what is below would overflow the stack of recursive readers. */
const MAX_DEPTH = 100;

const JsonObject = z.record(z.string(), z.unknown());
export type JsonObject = z.output<typeof JsonObject>;

interface Node {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Node | undefined;
  readonly depth: number;
}

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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RejectedEvent('NotAnObject', `${subject}: ${nameOf(value)}, not a JSON object`);
  }
  inspect({ value, key: path, parent: undefined, depth: 0 });
  return JsonObject.parse(value);
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

/** Walks without recursion, because 1 MiB of `[` nests deeper than the stack reaches. */
function inspect(root: Node): void {
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { value, depth } = node;
    if (typeof value === 'string') {
      requireWellFormed(value, node);
    } else if (typeof value === 'object' && value !== null) {
      if (depth === MAX_DEPTH) {
        throw new RejectedEvent('NestedTooDeep', `nested deeper than ${MAX_DEPTH} levels`);
      }
      for (const [key, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
        const inner = { value: child, key, parent: node, depth: depth + 1 };
        if (typeof key === 'string') requireHarmlessKey(key, inner);
        pending.push(inner);
      }
    }
  }
}

function requireHarmlessKey(key: string, node: Node): void {
  if (key === '__proto__') {
    throw new RejectedEvent('ForbiddenKey', `${pathOf(node)}: a key that no event may have`);
  }
  requireWellFormed(key, node);
}

function requireWellFormed(text: string, node: Node): void {
  if (text.isWellFormed()) return;
  throw new RejectedEvent(
    'LoneSurrogate',
    `${pathOf(node).toWellFormed()}: half of a surrogate pair`,
  );
}

function pathOf(node: Node): string {
  const keys: (string | number)[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    if (at.key !== '') keys.unshift(at.key);
  }
  return formatPath(keys);
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
