import type { ProducedEvent } from './event.ts';
import { guidsOfEvent, type Stream } from './stream.ts';

/** An event and when it is to be sent, in milliseconds since the beginning. */
export interface Planned {
  readonly after: number;
  /** @param now when it is sent, milliseconds since 1970 */
  readonly make: (now: number) => ProducedEvent;
}

/** @param first the number of the stream's first event, so that no two bear the same name */
export function* eventsOf(stream: Stream, first: number): Generator<Planned, undefined> {
  const { events, from, until } = stream;
  const step = events > 1 ? (until - from) / (events - 1) : 0;
  for (let at = 0; at < events; at += 1) {
    yield { after: from + at * step, make: (now) => make(stream, at, first + at, now) };
  }
  return undefined;
}

function make(stream: Stream, at: number, number: number, now: number): ProducedEvent {
  const { accounts, texts, field = 'title', force = false, imagesPerEvent = 1 } = stream;
  const { images: all = stream.events * imagesPerEvent } = stream;
  const removeVirtualInventory = stream.removing ?? false;
  const account = accounts?.[at % accounts.length] ?? null;
  const round = Math.floor((at * imagesPerEvent) / all);
  const text = texts?.[round % texts.length] ?? `${field} ${number}`;
  const images = guidsOfEvent(stream, at).map((guid) => ({ guid, [field]: text }));
  const name = `e${number}`;
  const messageId = `message-${name}`;
  const sentAt = Math.floor(now);
  const permissions = {
    ...(force && { force }),
    ...(removeVirtualInventory && { removeVirtualInventory }),
  };
  const [only] = images;
  const content = images.length === 1 ? only : { images };
  const body = { ...content, account_key: account, ...permissions, event: number };
  return {
    name,
    stream: stream.name,
    messageId,
    originId: messageId,
    invalid: undefined,
    account,
    force,
    removeVirtualInventory,
    images,
    body: JSON.stringify(body),
    attributes: {},
    order: { milliseconds: sentAt, nanoseconds: 0, sentAt, id: messageId },
  };
}
