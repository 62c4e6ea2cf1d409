import { unwrap } from '../../lambda/contract/envelopes.ts';
import { isTimeAttribute } from '../../lambda/contract/event-facts.ts';
import { type EventTime, eventTimeOf } from '../../lambda/contract/event-time.ts';
import { type JsonObject, parseJson } from '../../lambda/contract/json.ts';

/** Keys with the content of envelopes that come before the body; SNS only carries. */
const SPEAKING = ['data', 'detail'];

/**
 * Changes the body of an event, inside of all its envelopes.
 *
 * @param text a message's body that the contract takes
 */
export function withBody(text: string, edit: (body: JsonObject) => JsonObject): string {
  const message = parseJson(text);
  return JSON.stringify(editAt(message, unwrap(message).path, edit));
}

/** Sets the time of an event, where the contract reads it: in the innermost envelope, or the body. */
export function withTime(text: string, time: EventTime): string {
  const message = parseJson(text);
  const { path } = unwrap(message);
  const envelope = path.findLastIndex((key) => SPEAKING.includes(key));
  const place = envelope < 0 ? path : path.slice(0, envelope);
  const timed = editAt(message, place, (speaking) => ({ ...speaking, time }));
  const carrier = path.lastIndexOf('Message');
  return JSON.stringify(
    carrier < 0 ? timed : editAt(timed, path.slice(0, carrier), withoutTimeAttributes),
  );
}

/** Attributes that SNS carries come before what the body inside its message says. */
function withoutTimeAttributes(notification: JsonObject): JsonObject {
  const attributes = Object.entries(Object(notification.MessageAttributes));
  const kept = attributes.filter(([name]) => !isTimeAttribute(name));
  return kept.length === attributes.length
    ? notification
    : { ...notification, MessageAttributes: Object.fromEntries(kept) };
}

/** A time of day and a place in a row: each the later, the greater, a nanosecond apart. */
export function timeOf(startedAt: number, position: number): EventTime {
  const millisecond = eventTimeOf(startedAt + Math.floor(position / 1_000_000));
  const nanoseconds = String(position % 1_000_000).padStart(6, '0');
  return `${millisecond.slice(0, -'000000Z'.length)}${nanoseconds}Z`;
}

/** The `Message` of SNS is a text that holds JSON; everything else is JSON itself. */
function editAt(
  value: JsonObject,
  path: readonly string[],
  edit: (object: JsonObject) => JsonObject,
): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return edit(value);
  const inner = value[key];
  if (typeof inner === 'string') {
    return { ...value, [key]: JSON.stringify(editAt(parseJson(inner), rest, edit)) };
  }
  return { ...value, [key]: editAt(parseJson(JSON.stringify(inner)), rest, edit) };
}
