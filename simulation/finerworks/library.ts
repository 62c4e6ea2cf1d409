import { valuesOf } from '../oracle/value-book.ts';
import type { ListHabits } from '../scenario.ts';
import type { SeededRandom } from '../world/random.ts';
import type { WireImage } from './wire.ts';

/** What a field was set to, and when, in milliseconds since 1970. */
interface Version {
  readonly at: number;
  readonly value: string;
}

/** An image as `list_images` shows it. */
export interface ShownImage {
  readonly guid: string;
  readonly title: string;
  readonly description: string;
  readonly products: readonly { readonly sku: string }[];
}

/** What fields have that nobody ever set. */
const AS_UPLOADED = 'as uploaded';

/** What FinerWorks holds: the values of every image, and the products of those in the inventory. */
export class Library {
  readonly #now: () => number;
  readonly #versions = new Map<string, Version[]>();
  readonly #inventory = new Map<string, readonly string[]>();
  readonly #hadProducts = new Set<string>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Puts some images into the inventory library, some of them with products. */
  stock(guids: readonly string[], share: number, random: SeededRandom): void {
    for (const guid of guids) {
      if (random.chance(share)) this.put(guid, random.chance(0.5));
    }
  }

  /** Puts an image into the inventory library. */
  put(guid: string, hasProducts: boolean): void {
    this.#inventory.set(guid, hasProducts ? [`SKU-${guid.slice(-3)}`] : []);
    if (hasProducts) this.#hadProducts.add(guid);
  }

  /** Writes values. @returns the images that lost products by it */
  write(images: readonly WireImage[]): WireImage[] {
    const at = this.#now();
    for (const image of images) {
      for (const { key, value } of valuesOf(image)) {
        const versions = this.#versions.get(key) ?? [];
        versions.push({ at, value });
        this.#versions.set(key, versions);
      }
    }
    const losing = images.filter(({ guid }) => this.hasProducts(guid));
    for (const { guid } of losing) this.#inventory.set(guid, []);
    return losing;
  }

  /** The value of a field, by guid and field; undefined where nothing was ever written. */
  valueOf(key: string): string | undefined {
    return this.#versions.get(key)?.at(-1)?.value;
  }

  /** Whether a field has a value, by guid and field. */
  has(key: string, value: string): boolean {
    return value === (this.valueOf(key) ?? AS_UPLOADED);
  }

  /** When a field was last written, in milliseconds since 1970; undefined where it never was. */
  writtenAt(key: string): number | undefined {
    return this.#versions.get(key)?.at(-1)?.at;
  }

  /** Those of the images whose values are what is there. */
  upToDate(images: readonly WireImage[]): WireImage[] {
    return images.filter((image) =>
      valuesOf(image).every(({ key, value }) => this.has(key, value)),
    );
  }

  hasProducts(guid: string): boolean {
    return (this.#inventory.get(guid) ?? []).length > 0;
  }

  isListed(guid: string): boolean {
    return this.#inventory.has(guid);
  }

  /** Whether it had any in the beginning. */
  hadProducts(guid: string): boolean {
    return this.#hadProducts.has(guid);
  }

  /** What `list_images` shows of the inventory library, and whether that is all. */
  list(guids: readonly string[], { lag = 0, perPage, repeats = false }: Partial<ListHabits>) {
    const all = guids.flatMap((guid) => this.#show(guid, this.#now() - lag));
    const images = all.slice(0, perPage);
    const again = repeats ? images.map((image) => ({ ...image, products: [] })) : [];
    return { images: [...images, ...again], count: all.length, perPage: perPage ?? 50 };
  }

  /** An image as it was at a moment. */
  #show(guid: string, at: number): ShownImage[] {
    const skus = this.#inventory.get(guid);
    if (skus === undefined) return [];
    const then = (field: string) =>
      this.#versions.get(`${guid} ${field}`)?.findLast((version) => version.at <= at)?.value ??
      AS_UPLOADED;
    return [
      {
        guid,
        title: then('title'),
        description: then('description'),
        products: skus.map((sku) => ({ sku })),
      },
    ];
  }
}
