import { type EachField, FIELDS, type Field, ofEachField } from '../../lambda/contract/fields.ts';
import type { Readings } from '../../local/finerworks/readings.ts';
import { storedText } from '../../local/finerworks/taking.ts';
import type { ApiHabits, ListHabits } from '../scenario.ts';
import type { SeededRandom } from '../world/random.ts';
import { isUnknown } from './truth.ts';
import { valuesOf, type WireImage } from './wire.ts';

/** What may be unknown is in no library then. */
const UNKNOWN_APART = ['unknown-ignored', 'unknown-only-itself'] as const;

/** What a field was set to, and when, in milliseconds since 1970. */
interface Version {
  readonly at: number;
  readonly value: string;
}

/** An image as `list_images` shows it. */
export interface ShownImage extends EachField<string> {
  readonly guid: string;
  readonly products: readonly { readonly sku: string }[];
}

/** The value of fields that were never set. */
const AS_UPLOADED = 'as uploaded';

/** What FinerWorks holds: the values of every image, and the products of those in the inventory. */
export class Library {
  readonly #now: () => number;
  readonly #readings: Readings;
  readonly #versions = new Map<string, Version[]>();
  readonly #inventory = new Map<string, readonly string[]>();
  readonly #hadProducts = new Set<string>();
  /** When images that were just uploaded become known, in milliseconds since 1970. */
  readonly #knownFrom = new Map<string, number>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number, readings: Readings) {
    this.#now = now;
    this.#readings = readings;
  }

  /** Puts some images into the inventory library, some of them with products. */
  stock(
    guids: readonly string[],
    { inventory, withProducts = 0.5 }: Pick<ApiHabits, 'inventory' | 'withProducts'>,
    random: SeededRandom,
  ): void {
    const areUnknownApart = UNKNOWN_APART.some((name) => this.#readings.has(name));
    for (const guid of guids) {
      const hasProducts = random.chance(inventory) ? random.chance(withProducts) : undefined;
      const isKnown = !areUnknownApart || !isUnknown({ guid });
      if (hasProducts !== undefined && isKnown) this.put(guid, hasProducts);
    }
  }

  /** Puts an image into the inventory library. */
  put(guid: string, hasProducts: boolean): void {
    this.#inventory.set(guid, hasProducts ? [`SKU-${guid.slice(-3)}`] : []);
    if (hasProducts) this.#hadProducts.add(guid);
  }

  /** An image is uploaded that FinerWorks does not know before a moment, in milliseconds since 1970. */
  upload(guid: string, knownFrom: number): void {
    this.#knownFrom.set(guid, Math.min(knownFrom, this.#knownFrom.get(guid) ?? knownFrom));
  }

  /** Whether FinerWorks knows an image by now, as far as that depends on time. */
  isKnownByNow(guid: string): boolean {
    return this.#now() >= (this.#knownFrom.get(guid) ?? 0);
  }

  /** Fields that would lose their text because a call leaves them out, by guid and field. */
  blankedBy(images: readonly WireImage[]): string[] {
    return images.flatMap((image) =>
      valuesOf(this.#stored(image)).flatMap(({ key, field, value }) =>
        image[field] === undefined && !this.has(key, value) ? [key] : [],
      ),
    );
  }

  /** Writes values. @returns the images that lost products by it */
  write(images: readonly WireImage[]): WireImage[] {
    const at = this.#now();
    for (const image of images) {
      for (const { key, value } of valuesOf(this.#stored(image))) {
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

  /** Whether a field has what is stored of a value, by guid and field. */
  has(key: string, value: string): boolean {
    const field = FIELDS.find((name) => key.endsWith(` ${name}`));
    const stored = field === undefined ? value : storedText(field, value, this.#readings);
    return stored === (this.valueOf(key) ?? AS_UPLOADED);
  }

  /** An image as it is stored. */
  #stored(image: WireImage): WireImage {
    const omitted = this.#readings.has('blank-omitted') ? '' : undefined;
    const texts = ofEachField((field) => {
      const text = image[field];
      return text === undefined ? omitted : storedText(field, text, this.#readings);
    });
    return { guid: image.guid, ...texts };
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
    const then = (field: Field) =>
      this.#versions.get(`${guid} ${field}`)?.findLast((version) => version.at <= at)?.value ??
      AS_UPLOADED;
    return [{ guid, ...ofEachField(then), products: skus.map((sku) => ({ sku })) }];
  }
}
