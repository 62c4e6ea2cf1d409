import { jsonOrUndefined } from '../../general/json-or-undefined.ts';
import { confirmationOf } from '../confirmation.ts';
import { encodingOf } from '../encodings.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { RejectedEvent } from '../rejected-event.ts';
import { quoted } from './quoted.ts';
import { knownShape, wrappedEvent } from './shape-of.ts';

const MAX_KEYS = 10;

/**
 * Says more about a rejected event: what was found where an event should be, and what to do. The
 * function loads this file only when something is wrong.
 *
 * @returns the rejection's own detail, and what can be added to it
 */
export function explain({ reason, message, found }: RejectedEvent): string {
  const more = hintsOf(reason, found).filter((hint) => hint !== undefined);
  return [message, ...more].join('; ');
}

function hintsOf(reason: RejectedEvent['reason'], found: unknown): (string | undefined)[] {
  if (typeof found === 'string') return [textHint(found)];
  if (Array.isArray(found)) return [knownShape(found) ?? wrappedEvent(found)];
  if (!isJsonObject(found)) return [];
  if (reason === 'InvalidEnvelope') return [confirmationOf(found) ?? cloudEventHint(found)];
  // Answers of list_images and products of shops have images too.
  if ((found.images ?? undefined) !== undefined) return [knownShape(found)];
  return [keysOf(found), knownShape(found) ?? wrappedEvent(found)];
}

/** For a text where an object should be. */
function textHint(text: string): string | undefined {
  const inner = jsonOrUndefined(text);
  return typeof inner === 'object' && inner !== null
    ? 'the text holds JSON: it was encoded twice; send the JSON itself'
    : encodingOf(text);
}

function keysOf(value: JsonObject): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return 'it is an empty object';
  const rest = keys.length - MAX_KEYS;
  const shown = keys.slice(0, MAX_KEYS).map(quoted).join(', ');
  return `its keys are ${shown}${rest > 0 ? ` and ${rest.toLocaleString('en')} more` : ''}`;
}

function cloudEventHint(value: JsonObject): string | undefined {
  if (typeof value.specversion === 'number') return 'specversion is written as a text, "1.0"';
  if (!Object.hasOwn(value, 'specversion') || isJsonObject(value.data)) return undefined;
  if (Object.hasOwn(value, 'data_base64')) {
    return 'data_base64 is for binary data: send the event in data, as a JSON object';
  }
  return Object.hasOwn(value, 'guid') || Object.hasOwn(value, 'images')
    ? 'the fields of the event stand beside those of the envelope: put them into data'
    : undefined;
}
