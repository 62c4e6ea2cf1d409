import { FIELDS } from '../../lambda/contract/fields.ts';
import { MAX_IMAGES_LISTED } from '../../lambda/finerworks/list-images.ts';
import type { Update } from '../../lambda/images/change.ts';

/** UTF-16 code units of the texts that wait, 64 MiB of memory at most; pages are left unfilled beyond. */
const MAX_WAITING = 32 * 1_048_576;
/** What an update takes besides its texts, about. */
const FRAME = 1_000;

/** One call's worth of updates. */
export interface Page {
  readonly account: string | null;
  readonly updates: Update[];
}

/** Gathers updates by account until they fill a list, since a list is of one account. */
export class Pages {
  readonly #pages = new Map<string | null, Page>();
  readonly #maxWaiting: number;
  #waiting = 0;

  /** @param maxWaiting in UTF-16 code units */
  constructor(maxWaiting = MAX_WAITING) {
    this.#maxWaiting = maxWaiting;
  }

  /** @returns a page that is full now, or has to make room; else undefined */
  add(update: Update): Page | undefined {
    const { account } = update;
    const page = this.#pages.get(account) ?? { account, updates: [] };
    this.#pages.set(account, page);
    page.updates.push(update);
    this.#waiting += weightOf(update);
    if (page.updates.length === MAX_IMAGES_LISTED) return this.#take(page);
    return this.#waiting > this.#maxWaiting ? this.#take(this.#fullest()) : undefined;
  }

  /** The updates that still wait. */
  *rest(): Generator<Page> {
    for (const page of this.#pages.values()) yield this.#take(page);
  }

  #take(page: Page): Page {
    this.#pages.delete(page.account);
    for (const update of page.updates) this.#waiting -= weightOf(update);
    return page;
  }

  #fullest(): Page {
    return [...this.#pages.values()].reduce((one, other) =>
      other.updates.length > one.updates.length ? other : one,
    );
  }
}

function weightOf({ changes }: Update): number {
  const lengths = changes.flatMap((change) => FIELDS.map((field) => change[field]?.length ?? 0));
  return lengths.reduce((sum, length) => sum + length, FRAME);
}
