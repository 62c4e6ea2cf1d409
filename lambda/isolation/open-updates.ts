import type { Update } from '../images/change.ts';

/** The updates that a search has not decided yet. One image can have updates in two accounts. */
export class OpenUpdates {
  readonly #byGuid = new Map<string, Set<Update>>();

  add(updates: readonly Update[]): void {
    for (const update of updates) {
      this.#byGuid.set(update.guid, (this.#byGuid.get(update.guid) ?? new Set()).add(update));
    }
  }

  /** Whether anything of an image is open. */
  has(guid: string): boolean {
    return this.#byGuid.has(guid);
  }

  /** Updates are decided. @returns the images of which nothing is open any more */
  close(updates: readonly Update[]): string[] {
    return updates.filter((update) => this.#isLast(update)).map(({ guid }) => guid);
  }

  clear(): void {
    this.#byGuid.clear();
  }

  #isLast(update: Update): boolean {
    const open = this.#byGuid.get(update.guid);
    open?.delete(update);
    if (open !== undefined && open.size > 0) return false;
    this.#byGuid.delete(update.guid);
    return true;
  }
}
