import type { ListedImage } from '../finerworks/list-images.ts';
import { BoundedMap } from '../general/bounded-map.ts';
import type { Clock } from '../general/clock.ts';
import type { Update } from '../images/change.ts';

/**
 * How long a list counts, in milliseconds: people may add products and edit at FinerWorks too. An update
 * would remove the products, and a text of an old list that is sent along would undo the edit.
 */
const FRESH = 60_000;
/** Their texts may be long. An image that is forgotten is listed again. */
const MAX_IMAGES = 1_000;

/** What a list said about an image that it was asked for. */
interface Seen {
  /** Undefined where it is not listed. */
  readonly image: ListedImage | undefined;
  /** When it was asked for, in milliseconds since 1970: what it shows may be as old. */
  readonly at: number;
}

/** What preflights showed, by account and image: accounts may list different images. */
export class SeenImages {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #seen = new BoundedMap<string, Seen>(MAX_IMAGES);

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /**
   * A list was asked for an image.
   *
   * @param image undefined where it is not listed
   * @param at when the list was asked for, in milliseconds since 1970
   */
  see(account: string | null, guid: string, image: ListedImage | undefined, at: number): void {
    this.#seen.set(keyOf(account, guid), { image, at });
  }

  /** The image of an update; undefined where it is not listed, or nothing is known of it. */
  of({ account, guid }: Update): ListedImage | undefined {
    return this.#seen.get(keyOf(account, guid))?.image;
  }

  /** What a list showed of an image does not hold any longer. */
  forget({ account, guid }: Update): void {
    this.#seen.delete(keyOf(account, guid));
  }

  /** Whether all of the images were listed a moment ago, found or not. */
  areFresh(updates: readonly Update[]): boolean {
    const since = this.#clock.now() - FRESH;
    return updates.every(({ account, guid }) => {
      const seen = this.#seen.get(keyOf(account, guid));
      return seen !== undefined && seen.at >= since;
    });
  }
}

function keyOf(account: string | null, guid: string): string {
  return JSON.stringify([account, guid]);
}
