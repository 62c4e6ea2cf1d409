import { LedgerItem } from '../../lambda/ledger/item.ts';
import type { Expectation } from '../../lambda/ledger/store.ts';

/** A table of DynamoDB, as far as the ledger uses it: whole items, one condition at a time. */
export class LedgerTable {
  /** As texts, so that a read never gives the object that was written. */
  readonly #items = new Map<string, string>();

  read(guid: string): LedgerItem | undefined {
    const text = this.#items.get(guid);
    return text === undefined ? undefined : LedgerItem.parse(JSON.parse(text));
  }

  /** @returns whether the condition held, and the item is written */
  write(item: LedgerItem, { token, unleasedAt }: Expectation): boolean {
    const stored = this.read(item.guid);
    const isAsSeen = stored?.token === token;
    const isUnleased = unleasedAt === undefined || (stored?.leaseUntil ?? 0) < unleasedAt;
    const holds = stored?.token === item.token || (isAsSeen && isUnleased);
    if (holds) this.#items.set(item.guid, JSON.stringify(item));
    return holds;
  }
}
