import type { CallBlocked, CallFailed, CallOptions, Sender } from '../delivery/sender.ts';
import { type InventoryImage, type Query, readList } from '../finerworks/list-images.ts';
import { fieldsOf, isForced, partsOf, type Update, updateOf } from '../images/change.ts';
import { coalesce } from '../images/coalesce.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Rejected } from '../verdicts/verdict.ts';
import type { VerdictBook } from '../verdicts/verdict-book.ts';
import { isStoredAs } from '../verification/sight.ts';

/** SKUs that a dead letter names: enough to recognise what is at stake. */
const MOST_SKUS = 20;

export type Listed = ReadonlyMap<string, InventoryImage>;

/**
 * Checks images in the inventory library before they are updated, and decides what may be sent: an
 * update removes their virtual inventory products, which shops sell (docs/finerworks-api.md). What
 * has products is sent only for events that allow their removal. An image that is not listed is
 * sent: it may be in the temporary library, and absence proves nothing. Values that are there already
 * are not sent, unless an event wants that or the ledger knows better than the list.
 */
export class Preflight {
  readonly #sender: Sender;
  readonly #book: VerdictBook;
  readonly #ledger: Pick<Ledger, 'contradicts' | 'confirmed'>;
  readonly #sessionId: string;
  readonly #onListed: (listed: Listed) => void;

  /**
   * @param sessionId 8 to 50 characters
   * @param onListed hears of what is shown of images before they are updated
   */
  constructor(
    sender: Sender,
    book: VerdictBook,
    ledger: Pick<Ledger, 'contradicts' | 'confirmed'>,
    sessionId: string,
    onListed: (listed: Listed) => void = () => {},
  ) {
    this.#sender = sender;
    this.#book = book;
    this.#ledger = ledger;
    this.#sessionId = sessionId;
    this.#onListed = onListed;
  }

  /**
   * @param updates of one account, at most as many as one list takes; all that the account has of
   *   their images
   * @returns what may be sent, with the verdict of everything else in the book; or why nothing of it
   *   is known
   */
  async check(
    account: string | null,
    updates: readonly Update[],
    options?: CallOptions,
  ): Promise<Update[] | CallFailed | CallBlocked> {
    const listed = await this.list(
      account,
      updates.map(({ guid }) => guid),
      options,
    );
    if ('kind' in listed) return listed;
    this.#onListed(listed);
    const allowed: Update[] = [];
    /** Updates of which only some changes may be sent: what is newest of those is another matter. */
    const reduced: Update[] = [];
    for (const update of updates) {
      const image = listed.get(update.guid);
      const rest = image === undefined ? update : this.#withoutUnchanged(update, image);
      const permitted = rest && withoutForbidden(rest, image, this.#book);
      if (permitted !== undefined) (permitted === rest ? allowed : reduced).push(permitted);
    }
    return [...allowed, ...coalesce(reduced.flatMap(partsOf))];
  }

  /** Lists images with their products. */
  async list(
    account: string | null,
    guids: readonly string[],
    options?: CallOptions,
  ): Promise<Listed | CallFailed | CallBlocked> {
    const query: Query = { account, guids, sessionId: this.#sessionId };
    let listed: Listed | undefined;
    const isUsable = (content: unknown) => {
      listed = readList(content, query);
      return listed !== undefined;
    };
    const verdict = await this.#sender.list(query, isUsable, options);
    if (verdict.kind === 'refused') return unknown(verdict.detail);
    return verdict.kind === 'applied' ? (listed ?? unknown('no list')) : verdict;
  }

  /** @returns what differs from what FinerWorks has; undefined where nothing does */
  #withoutUnchanged(update: Update, image: InventoryImage): Update | undefined {
    const { guid } = update;
    const byStanding = Map.groupBy(fieldsOf(update), (field) => {
      const shown = image[field];
      const wanted = update[field];
      if (shown === undefined || wanted === undefined) return false;
      // What FinerWorks made of the text when it was sent before, it would make of it again.
      const isThere =
        shown === wanted || isStoredAs(wanted, shown, this.#ledger.confirmed(guid, field));
      if (!isThere) return false;
      return !isForced(update, field) && !this.#ledger.contradicts(guid, field, shown);
    });
    const [same = [], different = []] = [byStanding.get(true), byStanding.get(false)];
    if (same.length > 0) this.#book.book(updateOf(update, same), { kind: 'unchanged' });
    return different.length > 0 ? updateOf(update, different) : undefined;
  }
}

/** @returns what events have allowed, whatever is lost; undefined where none has */
function withoutForbidden(
  update: Update,
  image: InventoryImage | undefined,
  book: VerdictBook,
): Update | undefined {
  if (image === undefined || image.skus.length === 0) return update;
  const [permitted, forbidden] = [true, false].map((isPermitted) =>
    update.changes.filter((change) => change.removeVirtualInventory === isPermitted),
  );
  for (const change of forbidden ?? []) book.bookChange(update, change, wouldRemove(update, image));
  if (forbidden?.length === 0) return update;
  return permitted?.length === 0 ? undefined : { ...update, changes: permitted ?? [] };
}

function wouldRemove({ guid }: Update, { skus }: InventoryImage): Rejected {
  const more = skus.length > MOST_SKUS ? ` and ${skus.length - MOST_SKUS} more` : '';
  return {
    kind: 'rejected',
    reason: 'WouldRemoveInventory',
    detail: `${guid}: the update would remove ${skus.length} virtual inventory products: ${skus.slice(0, MOST_SKUS).join(', ')}${more}`,
    guids: [guid],
  };
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
