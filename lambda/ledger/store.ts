import type { LedgerItem } from './item.ts';

/** What must be true of the stored item for a write to happen. */
export interface Expectation {
  /** The token of the item as it was read; undefined where there was none. */
  readonly token: string | undefined;
  /** The item must not be leased at this moment, in milliseconds since 1970; unset by its holder. */
  readonly unleasedAt?: number;
}

/** The items of the ledger, one an image. Any error means that nothing is known of the effect. */
export interface LedgerStore {
  /**
   * Reads items as of now, and never as of some moment before.
   *
   * @param guids 1 to {@link MAX_ITEMS_READ}
   * @returns what there is, by guid; an error in the place of an item that can't be understood
   */
  readonly load: (guids: readonly string[]) => Promise<ReadonlyMap<string, LedgerItem | Error>>;
  /**
   * Replaces an item. Where the same write is repeated, it succeeds again.
   *
   * @returns whether what was expected was true, and the item is written
   */
  readonly put: (item: LedgerItem, expected: Expectation) => Promise<boolean>;
}

/** (AWS: BatchGetItem) */
export const MAX_ITEMS_READ = 100;
