import { chunk } from '../general/chunk.ts';
import type { Clock, Random } from '../general/clock.ts';
import { errorName } from '../general/error-name.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { LedgerItem } from './item.ts';
import { UnreadableItem } from './read-item.ts';
import { retryThrottled } from './retry-throttled.ts';
import { type Expectation, type LedgerStore, MAX_ITEMS_READ } from './store.ts';

/** Usually the invocation that was faster is done by then. */
const SECONDS_AFTER_COLLISION = 30;
/** Even where one request in ten fails, so many in a row hardly ever do. */
const FAILURES_OF_A_TABLE_THAT_IS_DOWN = 5;

/** An item as far as it is known; undefined where there is none. */
export type Known = LedgerItem | undefined;

/** To read images and take their leases, or to commit what became of them. */
type Task = 'intake' | 'settling';

/**
 * The ledger's store. Each failure is a retry, only for the images that it concerns. Once the table is
 * evidently down no more requests are made: where one ran out of time each of them may, for 8 s
 * (aws-client-settings.ts), and the time is needed to answer Lambda. Only settling goes on when nothing
 * more is taken in: without it, what FinerWorks has confirmed would be sent again.
 */
export class LedgerAccess {
  /** Items read and written, of which DynamoDB bills each. */
  readonly figures = { ledgerReads: 0, ledgerWrites: 0 };
  readonly #store: LedgerStore;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #failuresInARow = { intake: 0, settling: 0 };
  readonly #down: { [task in Task]?: Retried } = {};

  constructor(store: LedgerStore, clock: Clock, random: Random) {
    this.#store = store;
    this.#clock = clock;
    this.#random = random;
  }

  /** @returns for each guid its item, or why it can't be read */
  async load(guids: readonly string[]): Promise<Map<string, Known | Retried>> {
    const known = new Map<string, Known | Retried>();
    for (const some of chunk(guids, { maxItems: MAX_ITEMS_READ })) {
      this.figures.ledgerReads += some.length;
      const found = await this.#try('intake', () => this.#store.load(some));
      for (const guid of some) {
        const item = 'value' in found ? found.value.get(guid) : found.failure;
        known.set(guid, item instanceof UnreadableItem ? unavailable(item.message) : item);
      }
    }
    return known;
  }

  /** @returns why the item is not written, or not known to be; undefined where it is */
  async put(task: Task, item: LedgerItem, expected: Expectation): Promise<Retried | undefined> {
    this.figures.ledgerWrites += 1;
    const result = await this.#try(task, () =>
      retryThrottled(() => this.#store.put(item, expected), this.#clock, this.#random),
    );
    if ('failure' in result) return result.failure;
    return result.value ? undefined : busyFor(SECONDS_AFTER_COLLISION);
  }

  async #try<Value>(task: Task, request: () => Promise<Value>) {
    // Where settling fails, nothing more may be taken in.
    const known = this.#down.settling ?? this.#down[task];
    if (known !== undefined) return { failure: known };
    try {
      const value = await request();
      this.#failuresInARow[task] = 0;
      return { value };
    } catch (error) {
      const name = errorName(error);
      const failure = unavailable(name);
      this.#failuresInARow[task] += 1;
      const isDown = this.#failuresInARow[task] >= FAILURES_OF_A_TABLE_THAT_IS_DOWN;
      if (isDown || name === 'TimeoutError') this.#down[task] = failure;
      return { failure };
    }
  }
}

/** Another invocation holds the image; after so many seconds it is done, or its lease has ended. */
export function busyFor(seconds: number): Retried {
  return {
    kind: 'retry',
    reason: 'Busy',
    detail: 'another invocation is changing the image',
    retryWithinSeconds: seconds,
  };
}

function unavailable(why: string): Retried {
  return { kind: 'retry', reason: 'LedgerUnavailable', detail: `the ledger failed: ${why}` };
}
