import type { ProducedEvent } from '../producer/event.ts';

/** When each event was sent, settled or dead-lettered, in milliseconds since 1970. */
export class Stopwatch {
  readonly #now: () => number;
  readonly #sent = new Map<ProducedEvent, number>();
  readonly #settled = new Map<ProducedEvent, number>();
  readonly #deadLettered = new Map<ProducedEvent, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  sent(event: ProducedEvent): void {
    this.#sent.set(event, this.#now());
  }

  /** FinerWorks confirmed what it asks for, or it was found to be superseded. */
  settled(event: ProducedEvent): void {
    if (!this.#settled.has(event)) this.#settled.set(event, this.#now());
  }

  deadLettered(event: ProducedEvent): void {
    if (!this.#deadLettered.has(event)) this.#deadLettered.set(event, this.#now());
  }

  settledAt(event: ProducedEvent): number | undefined {
    return this.#settled.get(event);
  }

  /** How long it took until it was settled; undefined where it never was. */
  untilSettled(event: ProducedEvent): number | undefined {
    return between(this.#sent.get(event), this.#settled.get(event));
  }

  /** How long it took until it was in the dead-letter queue. */
  untilBuried(event: ProducedEvent): number | undefined {
    return between(this.#sent.get(event), this.#deadLettered.get(event));
  }
}

function between(from: number | undefined, until: number | undefined): number | undefined {
  return from === undefined || until === undefined ? undefined : until - from;
}
