import type { SeededRandom } from '../world/random.ts';
import type { Message } from './message.ts';

/** A message and when it becomes visible. */
interface Entry {
  readonly at: number;
  readonly message: Message;
  /** Whether the message is gone, or waits for another moment by now. */
  isVoid: boolean;
}

/** Messages by when they become visible: there may be tens of thousands, asked for at every poll. */
export class Waiting {
  /** The latest first, so that the next one is popped from the end. */
  readonly #hidden: Entry[] = [];
  readonly #visible: Entry[] = [];
  readonly #entries = new Map<Message, Entry>();

  /** Puts a message where its `visibleAt` says. */
  add(message: Message): void {
    this.remove(message);
    const entry = { at: message.visibleAt, message, isVoid: false };
    this.#entries.set(message, entry);
    let low = 0;
    let high = this.#hidden.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#hidden[middle]?.at ?? 0) > entry.at) low = middle + 1;
      else high = middle;
    }
    this.#hidden.splice(low, 0, entry);
  }

  remove(message: Message): void {
    const entry = this.#entries.get(message);
    if (entry !== undefined) entry.isVoid = true;
    this.#entries.delete(message);
  }

  /** When the next message can be received; Infinity where there is none. */
  get nextVisibleAt(): number {
    while (this.#hidden.at(-1)?.isVoid) this.#hidden.pop();
    const isAnyVisible = this.#visible.some(({ isVoid }) => !isVoid);
    return isAnyVisible ? 0 : (this.#hidden.at(-1)?.at ?? Number.POSITIVE_INFINITY);
  }

  /** Takes out some of the messages that are visible now, any of them. */
  take(most: number, now: number, random: SeededRandom): Message[] {
    while (this.#nextHiddenAt <= now) this.#visible.push(...this.#hidden.splice(-1));
    const taken: Message[] = [];
    while (taken.length < most && this.#visible.length > 0) {
      const entry = this.#takeVisible(random.integer(0, this.#visible.length - 1));
      if (entry === undefined || entry.isVoid) continue;
      this.remove(entry.message);
      taken.push(entry.message);
    }
    return taken;
  }

  get #nextHiddenAt(): number {
    return this.#hidden.at(-1)?.at ?? Number.POSITIVE_INFINITY;
  }

  #takeVisible(at: number): Entry | undefined {
    const last = this.#visible.pop();
    if (at >= this.#visible.length) return last;
    const picked = this.#visible[at];
    if (last !== undefined) this.#visible[at] = last;
    return picked;
  }
}
