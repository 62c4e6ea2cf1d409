import type { SeededRandom } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** How a call to the outside world is answered. */
export interface Reply<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/** What the world learns about a life. */
export interface LifeWatcher {
  /** Called once, with the cause. */
  readonly onDeath: (cause: string) => void;
  /** The invocation was answered, and yet something in it still acts. */
  readonly onActAfterEnd: (name: string) => void;
}

/**
 * The life of one invocation's process. Whatever the function waits for goes through here, so that
 * a process that has died never runs another line: what it waits for just never comes.
 */
export class Life {
  readonly #scheduler: Scheduler;
  readonly #random: SeededRandom;
  readonly #dying: () => number;
  readonly #watcher: LifeWatcher;
  #state: 'alive' | 'dead' | 'ended' = 'alive';

  /**
   * @param dying the probability that the process dies at a call to the outside world
   */
  constructor(
    scheduler: Scheduler,
    random: SeededRandom,
    dying: () => number,
    watcher: LifeWatcher,
  ) {
    this.#scheduler = scheduler;
    this.#random = random;
    this.#dying = dying;
    this.#watcher = watcher;
  }

  die(cause: string): void {
    if (this.#state !== 'alive') return;
    this.#state = 'dead';
    this.#watcher.onDeath(cause);
  }

  /**
   * The invocation is answered: from now on the sandbox is frozen.
   *
   * @returns false where the process had died: then this is no answer
   */
  end(): boolean {
    if (this.#state === 'dead') return false;
    this.#state = 'ended';
    return true;
  }

  readonly sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      this.#scheduler.after(milliseconds, () => {
        if (this.#state === 'alive') resolve();
      });
    });

  /**
   * A call to the outside world. The process may die just before it, or just after it took
   * effect and before the answer arrives: the two states that recovery has to bear.
   *
   * @param begin starts the call; it takes its course even if the process dies meanwhile
   */
  outward<Result>(name: string, begin: (reply: Reply<Result>) => void): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#state === 'dead') return;
      if (this.#state === 'ended') this.#watcher.onActAfterEnd(name);
      const fate = this.#random.chance(this.#dying()) ? this.#random.pick(['before', 'after']) : '';
      if (fate === 'before') return this.die(`before ${name}`);
      const receive = (take: () => void) => {
        if (fate === 'after') this.die(`after ${name}`);
        if (this.#state === 'alive') take();
      };
      begin({
        resolve: (result) => receive(() => resolve(result)),
        reject: (error) => receive(() => reject(error)),
      });
    });
  }
}
