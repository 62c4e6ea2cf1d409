import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord } from '../finerworks/call-record.ts';
import type { WireCall, WireImage } from '../finerworks/wire.ts';
import type { ProducedEvent } from '../producer/event.ts';
import { valuesOf, wantingInBatch } from './value-book.ts';

/** One image as it was sent: what FinerWorks gave its verdict on. */
export function keyOf({ account }: WireCall, image: WireImage): string {
  return JSON.stringify([account, image.guid, image.title, image.description]);
}

/**
 * Finds out, call by call, which images were refused alone: by a refusal, or by being left out of
 * two successes.
 */
export class RefusedAlone {
  readonly #keys = new Set<string>();
  readonly #leftOut = new Set<string>();
  readonly images: WireImage[] = [];

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  learn({ call, meaning, confirmed = [] }: CallRecord): void {
    for (const image of call.images) {
      const key = keyOf(call, image);
      const isLeftOut = meaning === 'applied' && !confirmed.includes(image);
      const isRefused = meaning === 'refused' || (isLeftOut && this.#leftOut.has(key));
      if (isLeftOut) this.#leftOut.add(key);
      if (call.images.length > 1 || !isRefused) continue;
      this.#keys.add(key);
      this.images.push(image);
    }
  }
}

/** The events that wanted what an invocation saw refused alone. */
export function eventsRefusedAlone({ calls, records }: Invocation): ProducedEvent[] {
  const refused = new RefusedAlone();
  for (const call of calls) refused.learn(call);
  return refused.images.flatMap((image) =>
    valuesOf(image).flatMap(({ field, value }) =>
      wantingInBatch(records, image.guid, field, value),
    ),
  );
}

/**
 * Whether FinerWorks refused so much, and took nothing, that the images can't be the cause:
 * `limit` images or more, refused alone, from two messages or more.
 *
 * @param calls of the invocation, as many as are to be judged
 */
export function isSystemicRefusal(
  { records }: Invocation,
  calls: readonly CallRecord[],
  limit: number,
): boolean {
  if (calls.some(({ meaning }) => meaning === 'applied')) return false;
  const refused = new RefusedAlone();
  for (const call of calls) refused.learn(call);
  const guids = new Set(refused.images.map(({ guid }) => guid));
  // Whoever wanted the very values: an older change that these stand for may have been left out.
  const winners = refused.images.flatMap((image) =>
    valuesOf(image).flatMap(
      ({ field, value }) => wantingInBatch(records, image.guid, field, value).at(-1) ?? [],
    ),
  );
  const messages = new Set(winners.map(({ originId }) => originId));
  return guids.size >= limit && messages.size >= 2;
}
