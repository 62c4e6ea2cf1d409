import { valuesOf } from '../oracle/value-book.ts';
import type { SeededRandom } from '../world/random.ts';
import type { WireImage } from './wire.ts';

/** What FinerWorks holds: the values of every image, and the products of those in the inventory. */
export class Library {
  readonly #values = new Map<string, string>();
  readonly #inventory = new Map<string, readonly string[]>();
  readonly #hadProducts = new Set<string>();

  /** Puts some images into the inventory library, some of them with products. */
  stock(guids: readonly string[], share: number, random: SeededRandom): void {
    for (const guid of guids) {
      if (!random.chance(share)) continue;
      const hasProducts = random.chance(0.5);
      this.#inventory.set(guid, hasProducts ? [`SKU-${guid.slice(-3)}`] : []);
      if (hasProducts) this.#hadProducts.add(guid);
    }
  }

  /** Writes values. @returns the images that lost products by it */
  write(images: readonly WireImage[]): WireImage[] {
    for (const image of images) {
      for (const { key, value } of valuesOf(image)) this.#values.set(key, value);
    }
    const losing = images.filter(({ guid }) => this.hasProducts(guid));
    for (const { guid } of losing) this.#inventory.set(guid, []);
    return losing;
  }

  /** The value of a field, by guid and field; undefined where nothing was ever written. */
  valueOf(key: string): string | undefined {
    return this.#values.get(key);
  }

  hasProducts(guid: string): boolean {
    return (this.#inventory.get(guid) ?? []).length > 0;
  }

  /** Whether it had any in the beginning. */
  hadProducts(guid: string): boolean {
    return this.#hadProducts.has(guid);
  }

  /** What `list_images` shows of the inventory library. */
  list(guids: readonly string[]) {
    return guids.flatMap((guid) => {
      const skus = this.#inventory.get(guid);
      if (skus === undefined) return [];
      const title = this.valueOf(`${guid} title`) ?? 'as uploaded';
      const description = this.valueOf(`${guid} description`) ?? 'as uploaded';
      return [{ guid, title, description, products: skus.map((sku) => ({ sku })) }];
    });
  }
}
