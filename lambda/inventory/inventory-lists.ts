import type { CallBlocked, CallFailed, CallOptions } from '../delivery/send-verdict.ts';
import type { Sender } from '../delivery/sender.ts';
import { type ListedImage, type Query, readList } from '../finerworks/list-images.ts';
import {
  type InventoryPage,
  type InventoryQuery,
  readProducts,
} from '../finerworks/list-virtual-inventory.ts';
import type { SandboxMemory } from '../lanes/sandbox-memory.ts';

/** 38 products of each of 50 images (an estimate: docs/finerworks-api.md) take 38 pages. */
const MAX_PAGES = 40;

/** An image of the inventory library. */
export interface InventoryImage extends ListedImage {
  readonly skus: readonly string[];
}

/** The images that a list shows, by guid. */
export type ListedImages = ReadonlyMap<string, InventoryImage>;

/** SKUs by the guid of their image. */
type Skus = ReadonlyMap<string, readonly string[]>;

type NotListed = CallFailed | CallBlocked;

/** Makes the calls. It decides how often it tries each. */
export type ListSender = Pick<Sender, 'list' | 'listProducts'>;

/**
 * Lists images with their virtual inventory products. Where lists of images come without products, these
 * are listed separately, page by page; from then on beside the images, as long as the sandbox lives.
 */
export class InventoryLists {
  readonly #sender: ListSender;
  readonly #memory: Pick<SandboxMemory, 'areProductsApart'>;
  readonly #sessionId: string;
  /** Images that a list showed, in any account: FinerWorks knows them. */
  readonly #shown = new Set<string>();

  /** @param sessionId 8 to 50 characters, used where no setting names one */
  constructor(
    sender: ListSender,
    memory: Pick<SandboxMemory, 'areProductsApart'>,
    sessionId: string,
  ) {
    this.#sender = sender;
    this.#memory = memory;
    this.#sessionId = sessionId;
  }

  /**
   * @param guids 1 to 50
   * @returns the images that the inventory library has; or why that is not known. Never throws.
   */
  async list(
    account: string | null,
    guids: readonly string[],
    options?: CallOptions,
  ): Promise<ListedImages | NotListed> {
    const query: Query = { account, guids, sessionId: this.#sessionId };
    const [listed, beside] = await Promise.all([
      this.#images(query, options),
      this.#memory.areProductsApart ? this.#products(query, options) : undefined,
    ]);
    if ('kind' in listed) return listed;
    for (const guid of listed.keys()) this.#shown.add(guid);
    const unsaid = [...listed].flatMap(([guid, { skus }]) => (skus === undefined ? [guid] : []));
    if (listed.size > 0) this.#memory.areProductsApart = unsaid.length > 0;
    const products: Skus | NotListed =
      unsaid.length === 0
        ? new Map()
        : (beside ?? (await this.#products({ account, guids: unsaid }, options)));
    if ('kind' in products) return products;
    return new Map(
      [...listed].map(([guid, image]) => {
        return [guid, { ...image, skus: image.skus ?? products.get(guid) ?? [] }];
      }),
    );
  }

  /** Whether a list of this invocation showed an image. */
  hasShown(guid: string): boolean {
    return this.#shown.has(guid);
  }

  async #images(
    query: Query,
    options?: CallOptions,
  ): Promise<ReadonlyMap<string, ListedImage> | NotListed> {
    let listed: ReadonlyMap<string, ListedImage> | undefined;
    const isUsable = (content: unknown) => {
      listed = readList(content, query);
      return listed !== undefined;
    };
    const verdict = await this.#sender.list(query, isUsable, options);
    if (verdict.kind === 'refused') return unknown(verdict.detail);
    return verdict.kind === 'applied' ? (listed ?? unknown('no list')) : verdict;
  }

  async #products(
    { account, guids }: Pick<Query, 'account' | 'guids'>,
    options?: CallOptions,
  ): Promise<Skus | NotListed> {
    const skus = new Map<string, string[]>();
    const found = new Set<string>();
    let count = 0;
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const read = await this.#page({ account, guids, page }, count, options);
      if ('kind' in read) return read;
      const before = found.size;
      for (const { guid, sku } of read.products) {
        found.add(`${guid} ${sku}`);
        skus.set(guid, [...(skus.get(guid) ?? []), sku]);
      }
      count += read.products.length;
      if (!read.mayHaveNext) return skus;
      // The same page again says nothing about the others.
      if (found.size === before) break;
    }
    return unknown('the list of their products has no end');
  }

  async #page(
    query: InventoryQuery,
    before: number,
    options?: CallOptions,
  ): Promise<InventoryPage | NotListed> {
    let read: InventoryPage | undefined;
    const isUsable = (content: unknown) => {
      read = readProducts(content, query, before);
      return read !== undefined;
    };
    const verdict = await this.#sender.listProducts(query, isUsable, options);
    if (verdict.kind === 'refused') return unknown(verdict.detail);
    return verdict.kind === 'applied' ? (read ?? unknown('no list of products')) : verdict;
  }
}

function unknown(why: string): CallFailed {
  return {
    kind: 'failed',
    isSlow: false,
    verdict: {
      kind: 'retry',
      reason: 'InventoryUnknown',
      detail: `whether virtual inventory products would be lost is not known: ${why}`,
    },
  };
}
