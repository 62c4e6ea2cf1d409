import pMap from 'p-map';
import type { ImageTroubles } from '../evidence/image-troubles.ts';
import type { Clock } from '../general/clock.ts';
import {
  type Change,
  type Field,
  fieldsOf,
  loneUpdate,
  partOf,
  type Update,
} from '../images/change.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import type { VerdictBook } from '../verdicts/verdict-book.ts';
import { busyFor, type Known, LedgerAccess } from './access.ts';
import { admissionOf } from './admission.ts';
import type { FieldEntry, LedgerItem } from './item.ts';
import type { Exposure, Ledger } from './ledger.ts';
import { isContradicted, lateUntil, type Standing, standingOf } from './standing.ts';
import type { LedgerStore } from './store.ts';
import { afterDelivery, type Holding, withoutChanges, withRenewedMarks } from './transitions.ts';

const DAY = 86_400_000;
/**
 * Enough that the table's answers are not waited for: what a write takes is the function's own
 * processor, and with more at once the call that is next would have to wait behind all of them.
 */
const PARALLEL = { concurrency: 10 };
/**
 * An event may be 7 days in the source queue and 14 more in the dead-letter queue (infra/queues.ts),
 * and must still be known as old when it is redriven then.
 */
const LEAST_DAYS_KEPT = 21;
/** On top, for the time that a redriven event is in the queue again. */
const DAYS_OF_GRACE = 7;

/** What the ledger of one invocation needs. */
export interface LedgerSurroundings {
  readonly store: LedgerStore;
  readonly clock: Clock;
  /** Unlike that of any other invocation. */
  readonly requestId: string;
  /** When nothing that this invocation sends is under way any more, in milliseconds since 1970. */
  readonly leaseUntil: number;
  /** How long a confirmation counts. */
  readonly unchangedDays: number;
  /** What stands in the way of images: learned from their items, and written with them. */
  readonly troubles: ImageTroubles;
}

/** The ledger as one invocation uses it, see {@link Ledger}. */
export class InvocationLedger implements Ledger {
  readonly isKept = true;
  readonly #surroundings: LedgerSurroundings;
  readonly #access: LedgerAccess;
  /** What is known of each image: as read, then as written. */
  readonly #known = new Map<string, Known>();
  readonly #holdings = new Map<string, Holding>();
  #tokens = 0;

  constructor(surroundings: LedgerSurroundings) {
    this.#surroundings = surroundings;
    this.#access = new LedgerAccess(surroundings.store, surroundings.clock);
  }

  get figures() {
    return this.#access.figures;
  }

  screen = async (changes: readonly Change[], book: VerdictBook): Promise<Change[]> => {
    const found = await this.#access.load([...new Set(changes.map(({ guid }) => guid))]);
    for (const [guid, item] of found) {
      if (item !== undefined && !('kind' in item)) {
        this.#surroundings.troubles.set(guid, item.trouble);
      }
    }
    const open = changes.flatMap((change) => {
      const item = found.get(change.guid);
      if (item !== undefined && 'kind' in item) {
        book.book(loneUpdate(change), item);
        return [];
      }
      this.#known.set(change.guid, item);
      return this.#screenChange(change, item, book) ?? [];
    });
    const waiting = Map.groupBy(
      changes.filter((change) => this.#isWaiting(change)),
      ({ guid }) => guid,
    );
    await pMap(waiting, (image) => this.#renewMarks(...image), PARALLEL);
    return open;
  };

  admit = async (updates: readonly Update[], book: VerdictBook): Promise<Update[]> => {
    const byImage = Map.groupBy(updates, ({ guid }) => guid);
    const admitted = await pMap(byImage, (image) => this.#admitImage(...image, book), PARALLEL);
    return admitted.flat();
  };

  contradicts = (guid: string, field: Field, shown: string): boolean =>
    isContradicted(shown, this.#before(guid)?.[field]);

  known = (guid: string, field: Field): FieldEntry | undefined => this.#before(guid)?.[field];

  lateUntil = (guid: string, field: Field, shown: string): number | undefined =>
    lateUntil(shown, this.#before(guid)?.[field]);

  settle = async (guids: Iterable<string>, book: VerdictBook, exposure: Exposure) => {
    await pMap(guids, (guid) => this.#settleImage(guid, book, exposure), PARALLEL);
  };

  held = (): string[] => [...this.#holdings.keys()];

  giveUp = async (changes: readonly Change[]): Promise<void> => {
    const byImage = Map.groupBy(changes, ({ guid }) => guid);
    await pMap(byImage, (image) => this.#giveUpChanges(...image), PARALLEL);
  };

  /** What was known of the image before this invocation took its lease. */
  #before(guid: string): Known {
    const holding = this.#holdings.get(guid);
    return holding === undefined ? this.#known.get(guid) : holding.before;
  }

  /** @returns what is left of the change; undefined where all of it is decided */
  #screenChange(change: Change, item: Known, book: VerdictBook): Change | undefined {
    const open = fieldsOf(change).filter((field) => {
      const verdict = this.#verdictOf(change, field, item);
      const part = partOf(change, [field]);
      if (verdict !== undefined && part !== undefined) book.book(loneUpdate(part), verdict);
      return verdict === undefined;
    });
    return partOf(change, open);
  }

  #isWaiting(change: Change): boolean {
    const now = this.#surroundings.clock.now();
    const item = this.#known.get(change.guid);
    return fieldsOf(change).some(
      (field) => standingOf(change, field, item?.[field], now) === 'waiting',
    );
  }

  /** What waits for a newer change must not count as abandoned when that does. */
  async #renewMarks(guid: string, changes: readonly Change[]): Promise<void> {
    const now = this.#surroundings.clock.now();
    const item = this.#known.get(guid);
    const renewed = item && withRenewedMarks(item, changes, now);
    if (item === undefined || renewed === undefined) return;
    const { leaseUntil: _, ...free } = { ...renewed, token: this.#newToken() };
    const next = this.#dated(free);
    const expected = { token: item.token, unleasedAt: now };
    // Where this fails, the message comes back in time to try again.
    const hindrance = await this.#access.put('intake', next, expected);
    if (hindrance === undefined) this.#known.set(guid, next);
  }

  /** @returns undefined where the field may be sent */
  #verdictOf(change: Change, field: Field, item: Known): Verdict | undefined {
    const now = this.#surroundings.clock.now();
    const standing = standingOf(change, field, item?.[field], now);
    if (standing !== 'open') return VERDICT_OF[standing];
    const { leaseUntil = 0 } = item ?? {};
    return leaseUntil < now ? undefined : busyFor(Math.ceil((leaseUntil - now) / 1_000) + 1);
  }

  async #admitImage(guid: string, updates: readonly Update[], book: VerdictBook) {
    const { clock, leaseUntil, unchangedDays } = this.#surroundings;
    const now = clock.now();
    const before = this.#known.get(guid);
    const { entries, unchanged, admitted } = admissionOf(before, updates, now, unchangedDays * DAY);
    const { leaseUntil: _, ...free } = { ...before, ...entries, guid, token: this.#newToken() };
    const item = this.#dated(admitted.length > 0 ? { ...free, leaseUntil } : free);
    const expected = { token: before?.token, unleasedAt: now };
    const hindrance = await this.#access.put('intake', item, expected);
    if (hindrance !== undefined) {
      for (const update of updates) book.book(update, hindrance);
      return [];
    }
    for (const update of unchanged) book.book(update, { kind: 'unchanged' });
    this.#known.set(guid, item);
    if (admitted.length > 0) this.#holdings.set(guid, { before, item, updates: admitted });
    return admitted;
  }

  async #settleImage(guid: string, book: VerdictBook, exposure: Exposure): Promise<void> {
    const holding = this.#holdings.get(guid);
    if (holding === undefined) return;
    this.#holdings.delete(guid);
    const now = this.#surroundings.clock.now();
    const reach = { wasSent: exposure.sent.has(guid), isDoubtful: exposure.doubtful.has(guid) };
    const settled = {
      ...afterDelivery(holding, book, reach, now),
      trouble: this.#surroundings.troubles.of(guid),
      token: this.#newToken(),
    };
    const { leaseUntil: _, ...free } = settled;
    const item = this.#dated(reach.isDoubtful ? settled : free);
    const hindrance = await this.#access.put('settling', item, { token: holding.item.token });
    if (hindrance === undefined) this.#known.set(guid, item);
    else for (const update of holding.updates) book.book(update, hindrance);
  }

  async #giveUpChanges(guid: string, changes: readonly Change[]): Promise<void> {
    const { clock, requestId } = this.#surroundings;
    const item = this.#known.get(guid);
    const rest = item && withoutChanges(item, changes);
    if (item === undefined || rest === undefined) return;
    // A lease of our own stays: what it was kept for may still be under way.
    const isOwn = item.token.startsWith(`${requestId}/`);
    const expected = { token: item.token, ...(!isOwn && { unleasedAt: clock.now() }) };
    const { leaseUntil: _, ...free } = rest;
    const next = { ...(isOwn ? rest : free), token: this.#newToken() };
    // Where this fails, older changes wait until the given-up ones count as abandoned.
    await this.#access.put('settling', this.#dated(next), expected);
  }

  /** A new one for each write: whoever read the item before must not take it for unchanged. */
  #newToken(): string {
    this.#tokens += 1;
    return `${this.#surroundings.requestId}/${this.#tokens}`;
  }

  #dated(item: Omit<LedgerItem, 'expiresAt'>): LedgerItem {
    const { clock, unchangedDays } = this.#surroundings;
    const days = Math.max(unchangedDays, LEAST_DAYS_KEPT) + DAYS_OF_GRACE;
    return { ...item, expiresAt: Math.ceil((clock.now() + days * DAY) / 1_000) };
  }
}

const VERDICT_OF: Readonly<Record<Exclude<Standing, 'open'>, Verdict>> = {
  repeated: { kind: 'unchanged' },
  superseded: { kind: 'superseded' },
  waiting: {
    kind: 'retry',
    reason: 'Busy',
    detail: 'a newer change of the image was sent, and it is not known yet whether it was taken',
  },
};
