import type { WireImage } from '../finerworks/wire.ts';
import { compareEvents, FIELDS, type Field, type ProducedEvent } from '../producer/event.ts';

/** Which event wants which value of which field, and which of them FinerWorks confirmed. */
export class ValueBook {
  /** Events that set a field of an image, by guid and field. */
  readonly #wanting = new Map<string, ProducedEvent[]>();
  readonly #confirmed = new Set<string>();
  /** The newest event whose value was written to a field. */
  readonly #newestApplied = new Map<string, ProducedEvent>();
  /** Writes of an older value over a newer one. */
  staleOverwrites = 0;

  add(event: ProducedEvent): void {
    for (const image of event.images) {
      for (const { key } of valuesOf(image)) {
        this.#wanting.set(key, [...(this.#wanting.get(key) ?? []), event]);
      }
    }
  }

  confirm(images: readonly WireImage[]): void {
    for (const image of images) {
      for (const { key, value } of valuesOf(image)) this.#confirmed.add(`${key} ${value}`);
    }
  }

  /**
   * FinerWorks writes values. There is no ledger yet, so an older value can overwrite a newer one
   * across invocations, or where a call takes effect after its time-out: counted, not condemned.
   */
  apply(images: readonly WireImage[]): void {
    for (const image of images) {
      for (const { key, field, value } of valuesOf(image)) {
        const newest = this.newestWanting(key, field, value);
        const before = this.#newestApplied.get(key);
        if (newest === undefined) continue;
        if (before !== undefined && compareEvents(newest, before) < 0) this.staleOverwrites += 1;
        else this.#newestApplied.set(key, newest);
      }
    }
  }

  /** Whether each value that an event wants, or a newer event's value, was confirmed. */
  isSettled(event: ProducedEvent): boolean {
    return event.images.every((image) =>
      valuesOf(image).every(({ key, field }) =>
        (this.#wanting.get(key) ?? []).some(
          (other) =>
            compareEvents(other, event) >= 0 &&
            this.#confirmed.has(`${key} ${valueIn(other, image.guid, field)}`),
        ),
      ),
    );
  }

  /** The newest event that wants this value; undefined where none does. */
  newestWanting(key: string, field: Field, value: string): ProducedEvent | undefined {
    return this.#wantingValue(key, field, value).at(-1);
  }

  /** The oldest event that wants this value; undefined where none does. */
  oldestWanting(key: string, field: Field, value: string): ProducedEvent | undefined {
    return this.#wantingValue(key, field, value)[0];
  }

  #wantingValue(key: string, field: Field, value: string): ProducedEvent[] {
    const guid = key.split(' ')[0];
    return (this.#wanting.get(key) ?? [])
      .filter((event) => valueIn(event, guid, field) === value)
      .sort(compareEvents);
  }
}

/** What a call or an event sets of one image, value by value. */
export function valuesOf(image: WireImage): { key: string; field: Field; value: string }[] {
  return FIELDS.flatMap((field) => {
    const value = image[field];
    return value === undefined ? [] : [{ key: `${image.guid} ${field}`, field, value }];
  });
}

/** The value that an event wants a field to have. */
export function valueIn(event: ProducedEvent, guid: string | undefined, field: Field) {
  return event.images.find((image) => image.guid === guid)?.[field];
}
