import type { CallRecord } from '../finerworks/call-record.ts';
import { valuesOf } from '../finerworks/wire.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { ValueBook } from './value-book.ts';

/**
 * An event with `force` is sent, whatever a list or the ledger says, unless a newer one went
 * through. Knows when updates, and not lists, confirmed which value last.
 */
export class ForceRule {
  readonly #values: ValueBook;
  readonly #updatedAt = new Map<string, number>();

  constructor(values: ValueBook) {
    this.#values = values;
  }

  /** A call was answered. */
  updated({ confirmed = [], claimed = [], answeredAt = 0 }: CallRecord): void {
    for (const image of [...confirmed, ...claimed]) {
      for (const { key, value } of valuesOf(image)) {
        this.#updatedAt.set(`${key} ${value}`, answeredAt);
      }
    }
  }

  /** Whether each value that the event wants was sent since there is the event, or outdated. */
  isObeyed(event: ProducedEvent): boolean {
    return event.images.every((image) =>
      valuesOf(image).every(({ key, field, value }) => {
        const at = this.#updatedAt.get(`${key} ${value}`) ?? Number.NEGATIVE_INFINITY;
        return (
          at >= event.order.sentAt ||
          this.#values.isOutdated(event, key, field) ||
          // Another rule judges whether an answer may be believed.
          this.#values.newerValues(event, key, field).some((newer) => this.#isSaid(key, newer))
        );
      }),
    );
  }

  #isSaid(key: string, value: string): boolean {
    return this.#updatedAt.has(`${key} ${value}`);
  }
}
