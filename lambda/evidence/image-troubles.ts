import { BoundedMap } from '../general/bounded-map.ts';
import type { ImageTrouble } from '../ledger/item.ts';

/** A sandbox remembers so many troubled images; with the ledger on, the others are in their items. */
const MAX_REMEMBERED = 10_000;

/**
 * What stands in the way of single images, as far as this sandbox knows. With the ledger on, an
 * image's item carries it from one sandbox to the next; with the ledger off this is all there is.
 */
export class ImageTroubles {
  readonly #byGuid = new BoundedMap<string, ImageTrouble>(MAX_REMEMBERED);

  of(guid: string): ImageTrouble | undefined {
    return this.#byGuid.get(guid);
  }

  /** Undefined: nothing stands in the way any more. */
  set(guid: string, trouble: ImageTrouble | undefined): void {
    if (trouble === undefined) this.#byGuid.delete(guid);
    else this.#byGuid.set(guid, trouble);
  }
}
