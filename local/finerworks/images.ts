import {
  type EachField,
  FIELDS,
  type Field,
  ofEachField,
  type Values,
} from '../../lambda/contract/fields.ts';
import { Guid } from '../../lambda/contract/image.ts';

type Texts = { [field in Field]: string };

/** An image as the stand-in keeps it. */
export interface StoredImage extends Texts {
  /** Images of the inventory library lose their virtual inventory products when updated. */
  readonly library: 'inventory' | 'temporary';
  /** SKUs of the virtual inventory products. */
  products: readonly string[];
}

/** The texts of an image until a moment, as `performance.now()` says it. */
interface Version extends EachField<string> {
  readonly until: number;
}

/** The images that the stand-in knows, by guid. */
export class Images {
  readonly #images = new Map<string, StoredImage>();
  /** What their texts were before updates, oldest first. */
  readonly #history = new Map<string, Version[]>();
  /** Whether an unknown guid is taken for a new image, where the images are not given. */
  acceptAll = false;
  /** When an image was last updated, as `performance.now()` says it; 0 before that. */
  lastUpdate = 0;

  /** The library of images without a given one. */
  home: StoredImage['library'] = 'temporary';

  /** Adds images, empty or with what is given. Known ones stay. */
  add(guids: Iterable<string>, parts: Partial<StoredImage> = {}): void {
    for (const text of guids) {
      const guid = Guid.parse(text);
      if (this.#images.has(guid)) continue;
      const empty = { ...ofEachField(() => ''), library: this.home, products: [] };
      this.#images.set(guid, { ...empty, ...parts });
    }
  }

  get(guid: string): StoredImage | undefined {
    if (this.acceptAll) this.add([guid]);
    return this.#images.get(guid);
  }

  /** The images of one library, with their guids. */
  inLibrary(library: StoredImage['library']): [string, StoredImage][] {
    return [...this.#images].filter(([, image]) => image.library === library);
  }

  /** Every image, with its guid. */
  all(): MapIterator<[string, StoredImage]> {
    return this.#images.entries();
  }

  /** The texts that an image had some milliseconds ago. */
  textsBefore(guid: string, milliseconds: number) {
    const at = performance.now() - milliseconds;
    const versions = this.#history.get(guid) ?? [];
    const then = versions.find(({ until }) => until > at) ?? this.#images.get(guid);
    return ofEachField((field) => then?.[field] ?? '');
  }

  get size(): number {
    return this.#images.size;
  }

  /**
   * Updates one image: only what is supplied, and its virtual inventory products are gone ("if the
   * image is assigned to the inventory library, this will also remove any virtual inventory
   * products", docs/finerworks-api.md).
   */
  update(guid: string, values: Values) {
    const image = this.#images.get(guid);
    if (image === undefined) return;
    this.lastUpdate = performance.now();
    const versions = this.#history.get(guid) ?? [];
    versions.push({ until: this.lastUpdate, ...ofEachField((field) => image[field]) });
    this.#history.set(guid, versions);
    for (const field of FIELDS) image[field] = values[field] ?? image[field];
    if (image.library === 'inventory') image.products = [];
  }
}
