import type { ImageTrouble } from '../ledger/item.ts';

/** A sandbox remembers so many troubled images; with the ledger on, the others are in their items. */
const MOST_REMEMBERED = 10_000;

/**
 * What stands in the way of single images, as far as this sandbox knows. With the ledger on, an
 * image's item carries it from one sandbox to the next; with the ledger off this is all there is.
 */
export class ImageTroubles {
  readonly #byGuid = new Map<string, ImageTrouble>();

  of(guid: string): ImageTrouble | undefined {
    return this.#byGuid.get(guid);
  }

  /** Undefined: nothing stands in the way any more. */
  set(guid: string, trouble: ImageTrouble | undefined): void {
    this.#byGuid.delete(guid);
    if (trouble === undefined) return;
    this.#byGuid.set(guid, trouble);
    const [oldest] = this.#byGuid.keys();
    if (this.#byGuid.size > MOST_REMEMBERED && oldest !== undefined) this.#byGuid.delete(oldest);
  }
}
