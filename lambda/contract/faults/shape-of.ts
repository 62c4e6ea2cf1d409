import { jsonOrUndefined } from '../../general/json-or-undefined.ts';
import type { JsonObject } from '../json.ts';
import { KNOWN_SHAPES } from './known-shapes.ts';
import { quoted } from './quoted.ts';

/** What a JSON value of another system is, and what to do; undefined where it is unknown. */
export function knownShape(value: unknown): string | undefined {
  const shape = KNOWN_SHAPES.find(({ keys }) => keys.every((key) => has(value, key)));
  return shape && `it is ${shape.is}: ${shape.todo}`;
}

/** So many keys are looked into: wrapped events have few. */
const MAX_KEYS = 50;

/** Where events are inside a value that is none; undefined where none is one level below. */
export function wrappedEvent(value: JsonObject | readonly unknown[]): string | undefined {
  if (Array.isArray(value)) {
    return isLikeEvent(value[0])
      ? 'it is a list of events: send each in a message of its own, or the images of one event as {"images": […]}'
      : undefined;
  }
  for (const [key, content] of Object.entries(value).slice(0, MAX_KEYS)) {
    const inner = typeof content === 'string' ? jsonOrUndefined(content) : content;
    if (isLikeEvent(inner)) return `an event stands in ${quoted(key)}: send that alone`;
    if (Array.isArray(inner) && isLikeEvent(inner[0])) {
      return `events stand in ${quoted(key)}: send each in a message of its own`;
    }
  }
  return undefined;
}

function isLikeEvent(value: unknown): boolean {
  return ['guid', 'images', 'specversion'].some((key) => has(value, key));
}

function has(value: unknown, key: string): boolean {
  const [path = '', text] = key.split('=');
  let at: unknown = value;
  for (const step of path.split('/')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false;
    at = Reflect.get(at, step);
  }
  return text === undefined || at === text;
}
