import {
  type Change,
  fieldsOf,
  isForced,
  partOf,
  type Update,
  updateOf,
} from '../images/change.ts';
import { coalesce } from '../images/coalesce.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { byCount } from '../pack.ts';
import type { Retry } from '../reasons.ts';
import type { Rejected, Retried } from '../verdicts/verdict.ts';
import type { VerdictBook } from '../verdicts/verdict-book.ts';
import { type InventoryImage, MOST_IMAGES_LISTED, type Query, readList } from './list-images.ts';
import { packByAccount } from './pack-by-account.ts';
import type { Sender } from './sender.ts';

/** SKUs that a dead letter names: enough to recognise what is at stake. */
const MOST_SKUS = 20;

/** What stands in the way of every call, updates and looks alike. */
const GENERAL: readonly Retry[] = [
  'BadKeys',
  'Deferred',
  'NoTimeLeft',
  'SystemicRefusal',
  'Throttled',
];

/** What one look takes. */
export const LOOK = byCount(MOST_IMAGES_LISTED);

/**
 * Looks at images in the inventory library, and decides what may be sent: an update removes their
 * virtual inventory products, which shops sell (docs/finerworks-api.md). What has products is sent
 * only for events that allow their removal. An image that is not listed is sent: it may be in the
 * temporary library, and absence proves nothing. Values that are there already are not sent.
 */
export class InventoryGuard {
  readonly #sender: Sender;
  readonly #book: VerdictBook;
  readonly #ledger: Pick<Ledger, 'contradicts'>;
  readonly #sessionId: string;

  /** @param sessionId 8 to 50 characters */
  constructor(
    sender: Sender,
    book: VerdictBook,
    ledger: Pick<Ledger, 'contradicts'>,
    sessionId: string,
  ) {
    this.#sender = sender;
    this.#book = book;
    this.#ledger = ledger;
    this.#sessionId = sessionId;
  }

  /**
   * @param updates all that there are of their images
   * @returns what may be sent; the book has the verdict of everything else
   */
  async allowed(updates: readonly Update[]): Promise<Update[]> {
    const allowed: Update[] = [];
    /** Images of which only some changes may be sent: what is newest of those is another matter. */
    const reduced = new Set<string>();
    for await (const { account, updates: asked } of packByAccount([updates], () => LOOK)) {
      const guids = asked.map(({ guid }) => guid);
      const listed = await look({ account, guids, sessionId: this.#sessionId }, this.#sender);
      for (const update of asked) {
        if ('kind' in listed) {
          this.#book.book(update, listed);
          continue;
        }
        const rest = withoutUnchanged(update, listed.get(update.guid), this.#book, this.#ledger);
        const permitted = rest && withoutForbidden(rest, listed.get(update.guid), this.#book);
        if (permitted !== undefined) allowed.push(permitted);
        if (permitted !== rest) reduced.add(update.guid);
      }
    }
    const [again, unchanged] = [true, false].map((isReduced) =>
      allowed.filter(({ guid }) => reduced.has(guid) === isReduced),
    );
    return [...(unchanged ?? []), ...coalesce((again ?? []).flatMap(partsOf))];
  }
}

/** Each change of an update, without the fields that are another update's affair. */
function partsOf(update: Update): Change[] {
  return update.changes.flatMap((change) => partOf(change, fieldsOf(update)) ?? []);
}

async function look(
  query: Query,
  sender: Sender,
): Promise<ReadonlyMap<string, InventoryImage> | Retried> {
  const verdict = await sender.list(query);
  if (verdict.kind === 'retry') {
    // That keeps its name; the rest is told apart from updates.
    const isGeneral = GENERAL.includes(verdict.reason);
    return isGeneral ? verdict : unknown(`${verdict.reason}: ${verdict.detail}`, verdict);
  }
  if (verdict.kind === 'refused') return unknown(verdict.detail);
  return readList(verdict.text, query) ?? unknown('the answer is not as documented');
}

/** @returns what is not surely what FinerWorks has, or is forced; undefined where nothing is left */
function withoutUnchanged(
  update: Update,
  image: InventoryImage | undefined,
  book: VerdictBook,
  ledger: Pick<Ledger, 'contradicts'>,
): Update | undefined {
  if (image === undefined) return update;
  const fields = Map.groupBy(fieldsOf(update), (field) => {
    const shown = image[field];
    if (update[field] !== shown || isForced(update, field)) return false;
    return !ledger.contradicts(update.guid, field, shown ?? '');
  });
  const [same = [], different = []] = [fields.get(true), fields.get(false)];
  if (same.length > 0) book.book(updateOf(update, same), { kind: 'unchanged' });
  return different.length > 0 ? updateOf(update, different) : undefined;
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

function unknown(why: string, { retryAfterSeconds }: Partial<Retried> = {}): Retried {
  return {
    kind: 'retry',
    reason: 'InventoryUnknown',
    detail: `whether virtual inventory products would be lost is not known: ${why}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}
