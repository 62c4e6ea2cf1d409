import type { ProducedEvent } from './event.ts';
import { guidOf, type Stream } from './stream.ts';

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
  const { accounts, titles, force = false, images = stream.events } = stream;
  const removeVirtualInventory = stream.removing ?? false;
  const account = accounts?.[at % accounts.length] ?? null;
  const round = Math.floor(at / images);
  const title = titles?.[round % titles.length] ?? `title ${number}`;
  const image = { guid: guidOf(stream, at), title };
  const name = `e${number}`;
  const messageId = `message-${name}`;
  const sentAt = Math.floor(now);
  const permissions = {
    ...(force && { force }),
    ...(removeVirtualInventory && { removeVirtualInventory }),
  };
  const body = { ...image, account_key: account, ...permissions, event: number };
  return {
    name,
    stream: stream.name,
    messageId,
    originId: messageId,
    invalid: undefined,
    account,
    force,
    removeVirtualInventory,
    images: [image],
    body: JSON.stringify(body),
    attributes: {},
    order: { milliseconds: sentAt, nanoseconds: 0, sentAt, id: messageId },
  };
}
