import { LedgerItem } from '../../lambda/ledger/item.ts';
import type { Expectation } from '../../lambda/ledger/store.ts';

/** A table of DynamoDB, as far as the ledger uses it: whole items, one condition at a time. */
export class LedgerTable {
  /** As texts, so that a read never gives the object that was written. */
  readonly #items = new Map<string, string>();
  /** What DynamoDB bills: items that were read, and writes that were tried. */
  readonly counts = { reads: 0, writes: 0 };

  read(guid: string): LedgerItem | undefined {
    this.counts.reads += 1;
    return this.#find(guid);
  }

  #find(guid: string): LedgerItem | undefined {
    const text = this.#items.get(guid);
    return text === undefined ? undefined : LedgerItem.parse(JSON.parse(text));
  }

  /** @returns whether the condition held, and the item is written */
  write(item: LedgerItem, { token, unleasedAt }: Expectation): boolean {
    this.counts.writes += 1;
    const stored = this.#find(item.guid);
    const isAsSeen = stored?.token === token;
    const isUnleased = unleasedAt === undefined || (stored?.leaseUntil ?? 0) < unleasedAt;
    const holds = stored?.token === item.token || (isAsSeen && isUnleased);
    if (holds) this.#items.set(item.guid, JSON.stringify(item));
    return holds;
  }
}
