import type { ProducedEvent } from '../producer/event.ts';
import type { SeededRandom } from '../world/random.ts';
import type { Message, Received } from './message.ts';
import { Waiting } from './waiting.ts';

/** A message is hidden for at most 12 hours from its receipt (AWS: ChangeMessageVisibility). */
const LONGEST_HIDDEN = 12 * 3_600_000;
/** Of one message. */
const MAX_DUPLICATES = 4;

/** Times in milliseconds. */
export interface QueueSettings {
  readonly maxReceiveCount: number;
  readonly visibilityTimeout: number;
  readonly retention: number;
}

/** How often the queue does what a standard queue may do: deliver twice, out of order. */
export interface QueueLiberties {
  readonly duplicates: () => number;
  readonly ghosts: () => number;
  /** Called with a message that the redrive policy moves. */
  readonly onMoved: (message: Message) => void;
  /** Called with a message that is older than the queue's retention. */
  readonly onExpired: (message: Message) => void;
}

/**
 * A standard queue of SQS: at least once, in any order, hidden while in flight, moved to the
 * dead-letter queue where it would be received once too often, gone when it is too old.
 */
export class SourceQueue {
  readonly #now: () => number;
  readonly #random: SeededRandom;
  readonly #settings: QueueSettings;
  readonly #liberties: QueueLiberties;
  /** The oldest first. */
  readonly #messages = new Set<Message>();
  readonly #waiting = new Waiting();
  readonly #byHandle = new Map<string, Message>();
  readonly #onSent = new Set<() => void>();
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
    const message = {
      event,
      sentAt: now,
      receives: 0,
      visibleAt: now,
      receivedAt: now,
      duplicates: 0,
      handle: '',
    };
    this.#messages.add(message);
    this.#waiting.add(message);
    for (const wake of this.#onSent) wake();
    this.#onSent.clear();
  }

  /** Resolves when the next message is sent. */
  get sent(): Promise<void> {
    return new Promise((resolve) => this.#onSent.add(resolve));
  }

  get isEmpty(): boolean {
    this.#expire();
    return this.#messages.size === 0;
  }

  /** Messages in the queue, hidden ones included. */
  get messages(): readonly Message[] {
    return [...this.#messages];
  }

  /** When the next message can be received; Infinity where there is none. */
  get nextVisibleAt(): number {
    return this.#waiting.nextVisibleAt;
  }

  /** Some of the visible messages, in any order, and now and then one that is in flight. */
  receive(most: number): Received[] {
    this.#expire();
    const duplicates = this.#duplicates();
    const taken = this.#waiting.take(most - duplicates.length, this.#now(), this.#random);
    return [...duplicates, ...taken].flatMap((message) => this.#take(message));
  }

  /** The queue keeps a message for so long, whatever is done with it meanwhile. */
  #expire(): void {
    const oldest = this.#now() - this.#settings.retention;
    for (const message of this.#messages) {
      if (message.sentAt > oldest) return;
      this.#remove(message);
      this.#liberties.onExpired(message);
    }
  }

  /** Sometimes one of the messages in flight: more would soon use up their receives. */
  #duplicates(): Message[] {
    if (!this.#random.chance(this.#liberties.duplicates())) return [];
    const now = this.#now();
    const inFlight = this.messages.filter(
      ({ visibleAt, receives, duplicates }) =>
        visibleAt > now &&
        duplicates < MAX_DUPLICATES &&
        // Not at its last receive: the result of that one must be final.
        receives < this.#settings.maxReceiveCount,
    );
    const [duplicate] = this.#random.shuffled(inFlight);
    if (duplicate === undefined) return [];
    duplicate.duplicates += 1;
    return [duplicate];
  }

  #take(message: Message): Received[] {
    if (message.receives >= this.#settings.maxReceiveCount) {
      this.#remove(message);
      this.#liberties.onMoved(message);
      return [];
    }
    const now = this.#now();
    this.#receipts += 1;
    message.receives += 1;
    message.receivedAt = now;
    message.firstReceivedAt ??= now;
    message.handle = `receipt-${this.#receipts}`;
    this.#hide(message, now + this.#settings.visibilityTimeout);
    this.#byHandle.set(message.handle, message);
    const { handle, receives, firstReceivedAt } = message;
    return [{ message, handle, receives, receivedAt: now, firstReceivedAt }];
  }

  #hide(message: Message, visibleAt: number): void {
    message.visibleAt = visibleAt;
    this.#waiting.add(message);
  }

  #remove(message: Message): void {
    this.#messages.delete(message);
    this.#waiting.remove(message);
  }

  /**
   * An old receipt may or may not work, and a deleted message may come back (AWS: DeleteMessage).
   *
   * @returns whether the queue says that it did it
   */
  delete(handle: string): boolean {
    const message = this.#byHandle.get(handle);
    if (message === undefined || !this.#works(message, handle)) return false;
    if (!this.#random.chance(this.#liberties.ghosts())) this.#remove(message);
    return true;
  }

  /** @returns whether the queue did it */
  changeVisibility(handle: string, milliseconds: number): boolean {
    const message = this.#byHandle.get(handle);
    if (message === undefined || !this.#works(message, handle)) return false;
    const visibleAt = this.#now() + milliseconds;
    if (visibleAt - message.receivedAt > LONGEST_HIDDEN) return false;
    if (this.#messages.has(message)) this.#hide(message, visibleAt);
    return true;
  }

  #works(message: Message, handle: string): boolean {
    return message.handle === handle || this.#random.chance(0.5);
  }
}
