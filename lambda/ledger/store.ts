import type { LedgerItem } from './item.ts';
import type { UnreadableItem } from './read-item.ts';

/** The condition of a write. */
export interface Expectation {
  /** The token of the item as it was read; undefined where there was none. */
  readonly token: string | undefined;
  /** The item must not be leased at this moment, in milliseconds since 1970; the holder leaves it out. */
  readonly unleasedAt?: number;
}

/** The items of the ledger, one for each image. After an error the effect is unknown. */
export interface LedgerStore {
  /**
   * Reads the newest items.
   *
   * @param guids 1 to {@link MAX_ITEMS_READ}
   * @returns what there is, by guid; why an item can't be read, in its place
   */
  readonly load: (
    guids: readonly string[],
  ) => Promise<ReadonlyMap<string, LedgerItem | UnreadableItem>>;
  /**
   * Replaces an item. The same write, repeated, succeeds again.
   *
   * @returns whether the condition was true and the item is written
   */
  readonly put: (item: LedgerItem, expected: Expectation) => Promise<boolean>;
}

/** (AWS: BatchGetItem) */
export const MAX_ITEMS_READ = 100;
