import { FIELDS } from '../../lambda/contract/fields.ts';
import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord } from '../finerworks/call-record.ts';
import { valuesOf, type WireCall, type WireImage } from '../finerworks/wire.ts';
import type { ProducedEvent } from '../producer/event.ts';
import { wantingInBatch } from './value-book.ts';

/** One image as it was sent: what FinerWorks gave its verdict on. */
export function keyOf({ account }: WireCall, image: WireImage): string {
  return JSON.stringify([account, image.guid, ...FIELDS.map((field) => image[field])]);
}

/**
 * Finds out, call by call, which images were refused alone: by a refusal, or by being left out of
 * two successes.
 */
export class RefusedAlone {
  readonly #keys = new Map<string, { readonly account: string | null; readonly at: number }>();
  readonly #leftOut = new Set<string>();
  /** Those after whose refusal something of their account was taken: the account is not the cause. */
  readonly #eligible = new Set<string>();
  readonly images: WireImage[] = [];

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** Whether it may be sent alone once more, because its account's updates are taken. */
  mayTryAgain(key: string): boolean {
    return this.#eligible.has(key);
  }

  /** When it was refused last; milliseconds since 1970. */
  refusedAt(key: string): number {
    return this.#keys.get(key)?.at ?? Number.POSITIVE_INFINITY;
  }

  learn({ call, meaning, confirmed = [], claimed = [], answeredAt = 0 }: CallRecord): void {
    // To be left out of a success, or to fail, is no refusal, and wants another try.
    const isDecided = (image: WireImage) => meaning === 'refused' || confirmed.includes(image);
    for (const image of this.#eligible.size > 0 ? call.images : []) {
      if (isDecided(image)) this.#eligible.delete(keyOf(call, image));
    }
    if (meaning === 'applied') {
      for (const [key, { account }] of this.#keys)
        if (account === call.account) this.#eligible.add(key);
    }
    for (const image of call.images) {
      const isLeftOut =
        meaning === 'applied' && !confirmed.includes(image) && !claimed.includes(image);
      if (meaning !== 'refused' && !isLeftOut) continue;
      const key = keyOf(call, image);
      const isRefused = meaning === 'refused' || (isLeftOut && this.#leftOut.has(key));
      if (isLeftOut) this.#leftOut.add(key);
      if (call.images.length > 1 || !isRefused) continue;
      this.#keys.set(key, { account: call.account, at: answeredAt });
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
