import type { ProducedEvent } from '../producer/event.ts';
import type { SeededRandom } from '../world/random.ts';

/** A message is hidden for at most 12 hours from its receipt (AWS: ChangeMessageVisibility). */
const LONGEST_HIDDEN = 12 * 3_600_000;
/** Of one message. */
const MOST_DUPLICATES = 4;

/** A message in the queue. */
export interface Message {
  readonly event: ProducedEvent;
  readonly sentAt: number;
  receives: number;
  visibleAt: number;
  receivedAt: number;
  /** How often it was received while it was in flight. */
  duplicates: number;
  /** Only the newest one is sure to work. */
  handle: string;
}

/** One receive of a message. */
export interface Received {
  readonly message: Message;
  readonly handle: string;
  readonly receives: number;
  readonly receivedAt: number;
}

export interface QueueSettings {
  readonly maxReceiveCount: number;
  readonly visibilityTimeout: number;
}

/** How often the queue makes use of the liberties that a standard queue has. */
export interface QueueLiberties {
  readonly duplicates: () => number;
  readonly ghosts: () => number;
  /** Told of a message that the redrive policy moves. */
  readonly onMoved: (message: Message) => void;
}

/**
 * A standard queue of SQS: at least once, in any order, hidden while in flight, moved to the
 * dead-letter queue where it would be received once too often.
 */
export class SourceQueue {
  readonly #now: () => number;
  readonly #random: SeededRandom;
  readonly #settings: QueueSettings;
  readonly #liberties: QueueLiberties;
  readonly #messages = new Set<Message>();
  readonly #byHandle = new Map<string, Message>();
  #receipts = 0;

  constructor(
    now: () => number,
    random: SeededRandom,
    settings: QueueSettings,
    liberties: QueueLiberties,
  ) {
    this.#now = now;
    this.#random = random;
    this.#settings = settings;
    this.#liberties = liberties;
  }

  send(event: ProducedEvent): void {
    const now = Math.floor(this.#now());
    this.#messages.add({
      event,
      sentAt: now,
      receives: 0,
      visibleAt: now,
      receivedAt: now,
      duplicates: 0,
      handle: '',
    });
  }

  get isEmpty(): boolean {
    return this.#messages.size === 0;
  }

  /** Messages in the queue, hidden ones included. */
  get messages(): readonly Message[] {
    return [...this.#messages];
  }

  /** When the next message can be received; Infinity where there is none. */
  get nextVisibleAt(): number {
    return Math.min(...[...this.#messages].map(({ visibleAt }) => visibleAt));
  }

  /** Some of the visible messages, in any order, and now and then one that is in flight. */
  receive(most: number): Received[] {
    const now = this.#now();
    const visible = this.messages.filter(({ visibleAt }) => visibleAt <= now);
    return this.#random
      .shuffled([...visible, ...this.#duplicates()])
      .slice(0, most)
      .flatMap((message) => this.#take(message));
  }

  /** At times one of the messages in flight: any more would soon use up their receives. */
  #duplicates(): Message[] {
    if (!this.#random.chance(this.#liberties.duplicates())) return [];
    const now = this.#now();
    const inFlight = this.messages.filter(
      ({ visibleAt, receives, duplicates }) =>
        visibleAt > now &&
        duplicates < MOST_DUPLICATES &&
        // The last receive is left alone: what comes of it must be the last word on the message.
        receives < this.#settings.maxReceiveCount,
    );
    const [duplicate] = this.#random.shuffled(inFlight);
    if (duplicate === undefined) return [];
    duplicate.duplicates += 1;
    return [duplicate];
  }

  #take(message: Message): Received[] {
    if (message.receives >= this.#settings.maxReceiveCount) {
      this.#messages.delete(message);
      this.#liberties.onMoved(message);
      return [];
    }
    this.#receipts += 1;
    message.receives += 1;
    message.receivedAt = this.#now();
    message.visibleAt = message.receivedAt + this.#settings.visibilityTimeout;
    message.handle = `receipt-${this.#receipts}`;
    this.#byHandle.set(message.handle, message);
    const { handle, receives, receivedAt } = message;
    return [{ message, handle, receives, receivedAt }];
  }

  /** An old receipt may or may not work, and a deleted message may come back (AWS: DeleteMessage). */
  delete(handle: string): void {
    const message = this.#byHandle.get(handle);
    if (message === undefined || !this.#works(message, handle)) return;
    if (this.#random.chance(this.#liberties.ghosts())) return;
    this.#messages.delete(message);
  }

  /** @returns whether the queue did it */
  changeVisibility(handle: string, milliseconds: number): boolean {
    const message = this.#byHandle.get(handle);
    if (message === undefined || !this.#works(message, handle)) return false;
    const visibleAt = this.#now() + milliseconds;
    if (visibleAt - message.receivedAt > LONGEST_HIDDEN) return false;
    message.visibleAt = visibleAt;
    return true;
  }

  #works(message: Message, handle: string): boolean {
    return message.handle === handle || this.#random.chance(0.5);
  }
}
