import { setImmediate } from 'node:timers/promises';

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

/**
 * Virtual time: it stands still while anything runs, and jumps to the next timer once everything
 * waits. Hours pass in milliseconds, and the same timers always fire in the same order.
 */
export class Scheduler {
  #now: number;
  /** The latest first, so that the next one is popped from the end. */
  readonly #timers: Timer[] = [];

  /** @param start milliseconds since 1970 */
  constructor(start: number) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => this.after(milliseconds, resolve));

  /** Of timers for the same moment, the one that was set first fires first. */
  after(milliseconds: number, action: () => void): void {
    const at = this.#now + Math.max(0, milliseconds);
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#timers[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, { at, action });
  }

  /**
   * Lets time pass until a condition holds.
   *
   * @param limit the latest moment to reach
   * @returns whether the condition holds
   */
  async runUntil(condition: () => boolean, limit: number): Promise<boolean> {
    for (;;) {
      // All microtasks run before this resolves: then everything waits for a timer of ours.
      await setImmediate();
      if (condition()) return true;
      const next = this.#timers.at(-1);
      if (next === undefined || next.at > limit) {
        this.#now = Math.max(this.#now, limit);
        return false;
      }
      this.#timers.pop();
      this.#now = next.at;
      next.action();
    }
  }
}
