import type { Update } from './change.ts';

/** Images with open updates. One image can have updates in two accounts. */
export class OpenImages {
  /** How often each image is waited for: an update may be sent again before it was read back. */
  readonly #counts = new Map<string, number>();

  has(guid: string): boolean {
    return this.#counts.has(guid);
  }

  add({ guid }: Update): void {
    this.#counts.set(guid, (this.#counts.get(guid) ?? 0) + 1);
  }

  delete({ guid }: Update): void {
    const left = (this.#counts.get(guid) ?? 1) - 1;
    if (left === 0) this.#counts.delete(guid);
    else this.#counts.set(guid, left);
  }

  deleteAll(updates: readonly Update[]): void {
    for (const update of updates) this.delete(update);
  }
}
