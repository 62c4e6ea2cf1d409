import { BoundedMap } from '../general/bounded-map.ts';
import type { ImageTrouble } from '../ledger/item.ts';

/** Images that a sandbox remembers; with the ledger on, the troubles of others are in their items. */
const MAX_REMEMBERED = 10_000;

/**
 * Troubles of single images, as far as this sandbox knows. With the ledger on, an image's item carries
 * them from one sandbox to the next; with the ledger off this is all there is.
 */
export class ImageTroubles {
  readonly #byGuid = new BoundedMap<string, ImageTrouble>(MAX_REMEMBERED);

  of(guid: string): ImageTrouble | undefined {
    return this.#byGuid.get(guid);
  }

  /** Whether a call of the image alone failed, while others of its account went through. */
  failsAlone(guid: string): boolean {
    return (this.#byGuid.get(guid)?.failing?.failures ?? 0) > 0;
  }

  /** @param trouble undefined where there is none any more */
  set(guid: string, trouble: ImageTrouble | undefined): void {
    if (trouble === undefined) this.#byGuid.delete(guid);
    else this.#byGuid.set(guid, trouble);
  }
}
