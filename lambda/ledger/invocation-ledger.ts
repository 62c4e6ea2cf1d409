import pMap from 'p-map';
import { type Field, fieldsOf } from '../contract/fields.ts';
import type { ImageTroubles } from '../evidence/image-troubles.ts';
import type { Clock, Random } from '../general/clock.ts';
import { type Change, loneUpdate, partOf, type Update } from '../images/change.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import { busyFor, type Known, LedgerAccess } from './access.ts';
import { admissionOf } from './admission.ts';
import { afterDelivery, type Lease } from './after-delivery.ts';
import type { FieldEntry, LedgerItem } from './item.ts';
import type { Ledger, SentImages } from './ledger.ts';
import { isContradicted, lateUntil, type Standing, standingOf } from './standing.ts';
import type { LedgerStore } from './store.ts';
import { withoutChanges, withRenewedMarks } from './transitions.ts';

const DAY = 86_400_000;
/**
 * Enough to hide the latency of the table: beyond that, writes only take the function's own processor,
 * and the next call would wait behind all of them.
 */
const PARALLEL = { concurrency: 10 };
/**
 * An event may be 7 days in the source queue and 14 more in the dead-letter queue (infra/queues.ts),
 * and the ledger must still know that it is old when it is redriven then.
 */
const MIN_DAYS_KEPT = 21;
/** Added for the time that a redriven event is in the queue again. */
const DAYS_OF_GRACE = 7;

/** Dependencies of the ledger of one invocation. */
export interface LedgerDependencies {
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly random: Random;
  /** Unique to the invocation. */
  readonly requestId: string;
  /** When no call of this invocation is under way any more, in milliseconds since 1970. */
  readonly leaseUntil: number;
  /** How many days a confirmation counts. */
  readonly unchangedDays: number;
  /** Read from the items of images, and written with them. */
  readonly troubles: ImageTroubles;
}

/** The {@link Ledger} of one invocation. */
export class InvocationLedger implements Ledger {
  readonly isKept = true;
  readonly #dependencies: LedgerDependencies;
  readonly #access: LedgerAccess;
  /** The item of each image, as read, then as written. */
  readonly #known = new Map<string, Known>();
  readonly #leases = new Map<string, Lease>();
  #tokens = 0;

  constructor(dependencies: LedgerDependencies) {
    this.#dependencies = dependencies;
    this.#access = new LedgerAccess(dependencies.store, dependencies.clock, dependencies.random);
  }

  get figures() {
    return this.#access.figures;
  }

  filterStale = async (
    changes: readonly Change[],
    registry: VerdictRegistry,
  ): Promise<Change[]> => {
    const found = await this.#access.load([...new Set(changes.map(({ guid }) => guid))]);
    for (const [guid, item] of found) {
      if (item !== undefined && !('kind' in item)) {
        this.#dependencies.troubles.set(guid, item.trouble);
      }
    }
    const waiting = new Set<Change>();
    const open = changes.flatMap((change) => {
      const item = found.get(change.guid);
      if (item !== undefined && 'kind' in item) {
        registry.record(loneUpdate(change), item);
        return [];
      }
      this.#known.set(change.guid, item);
      return this.#filterChange(change, item, registry, waiting) ?? [];
    });
    await pMap(
      Map.groupBy(waiting, ({ guid }) => guid),
      (image) => this.#renewMarks(...image),
      PARALLEL,
    );
    return open;
  };

  acquireLeases = async (
    updates: readonly Update[],
    registry: VerdictRegistry,
  ): Promise<Update[]> => {
    const byImage = Map.groupBy(updates, ({ guid }) => guid);
    const admitted = await pMap(byImage, (image) => this.#leaseImage(...image, registry), PARALLEL);
    return admitted.flat();
  };

  contradicts = (guid: string, field: Field, shown: string): boolean =>
    isContradicted(shown, this.#before(guid)?.[field]);

  known = (guid: string, field: Field): FieldEntry | undefined => this.#before(guid)?.[field];

  lateUntil = (guid: string, field: Field, shown: string): number | undefined =>
    lateUntil(shown, this.#before(guid)?.[field]);

  commit = async (guids: Iterable<string>, registry: VerdictRegistry, sentImages: SentImages) => {
    await pMap(guids, (guid) => this.#commitImage(guid, registry, sentImages), PARALLEL);
  };

  held = (): string[] => [...this.#leases.keys()];

  abandon = async (changes: readonly Change[]): Promise<void> => {
    const byImage = Map.groupBy(changes, ({ guid }) => guid);
    await pMap(byImage, (image) => this.#abandonChanges(...image), PARALLEL);
  };

  /** The item of the image before this invocation took its lease. */
  #before(guid: string): Known {
    const lease = this.#leases.get(guid);
    return lease === undefined ? this.#known.get(guid) : lease.before;
  }

  /**
   * @param waiting gets the change where it waits for a newer one
   * @returns what is left of the change; undefined where all of it is decided
   */
  #filterChange(
    change: Change,
    item: Known,
    registry: VerdictRegistry,
    waiting: Set<Change>,
  ): Change | undefined {
    const open = fieldsOf(change).filter((field) => {
      const verdict = this.#verdictOf(change, field, item);
      if (verdict === VERDICT_OF.waiting) waiting.add(change);
      const part = partOf(change, [field]);
      if (verdict !== undefined && part !== undefined) registry.record(loneUpdate(part), verdict);
      return verdict === undefined;
    });
    return partOf(change, open);
  }

  /** A change that waits for a newer one must not count as abandoned before that one does. */
  async #renewMarks(guid: string, changes: readonly Change[]): Promise<void> {
    const now = this.#dependencies.clock.now();
    const item = this.#known.get(guid);
    const renewed = item && withRenewedMarks(item, changes, now);
    if (item === undefined || renewed === undefined) return;
    const { leaseUntil: _, ...free } = { ...renewed, token: this.#newToken() };
    const next = this.#dated(free);
    const expected = { token: item.token, unleasedAt: now };
    // If this fails, the message comes back in time to try again.
    const failed = await this.#access.put('intake', next, expected);
    if (failed === undefined) this.#known.set(guid, next);
  }

  /** @returns undefined where the field may be sent */
  #verdictOf(change: Change, field: Field, item: Known): Verdict | undefined {
    const now = this.#dependencies.clock.now();
    const standing = standingOf(change, field, item?.[field], now);
    if (standing !== 'open') return VERDICT_OF[standing];
    const { leaseUntil = 0 } = item ?? {};
    return leaseUntil < now ? undefined : busyFor(Math.ceil((leaseUntil - now) / 1_000) + 1);
  }

  async #leaseImage(guid: string, updates: readonly Update[], registry: VerdictRegistry) {
    const { clock, leaseUntil, unchangedDays } = this.#dependencies;
    const now = clock.now();
    const before = this.#known.get(guid);
    const { entries, unchanged, admitted } = admissionOf(before, updates, now, unchangedDays * DAY);
    const { leaseUntil: _, ...free } = { ...before, ...entries, guid, token: this.#newToken() };
    const item = this.#dated(admitted.length > 0 ? { ...free, leaseUntil } : free);
    const expected = { token: before?.token, unleasedAt: now };
    const failed = await this.#access.put('intake', item, expected);
    if (failed !== undefined) {
      for (const update of updates) registry.record(update, failed);
      return [];
    }
    for (const update of unchanged) registry.record(update, { kind: 'unchanged' });
    this.#known.set(guid, item);
    if (admitted.length > 0) this.#leases.set(guid, { before, item, updates: admitted });
    return admitted;
  }

  async #commitImage(
    guid: string,
    registry: VerdictRegistry,
    sentImages: SentImages,
  ): Promise<void> {
    const lease = this.#leases.get(guid);
    if (lease === undefined) return;
    this.#leases.delete(guid);
    const now = this.#dependencies.clock.now();
    const sendStatus = {
      wasSent: sentImages.sent.has(guid),
      isDoubtful: sentImages.doubtful.has(guid),
    };
    const settled = {
      ...afterDelivery(lease, registry, sendStatus, now),
      trouble: this.#dependencies.troubles.of(guid),
      token: this.#newToken(),
    };
    const { leaseUntil: _, ...free } = settled;
    const item = this.#dated(sendStatus.isDoubtful ? settled : free);
    const failed = await this.#access.put('settling', item, { token: lease.item.token });
    if (failed === undefined) this.#known.set(guid, item);
    else for (const update of lease.updates) registry.record(update, failed);
  }

  async #abandonChanges(guid: string, changes: readonly Change[]): Promise<void> {
    const { clock, requestId } = this.#dependencies;
    const item = this.#known.get(guid);
    const rest = item && withoutChanges(item, changes);
    if (item === undefined || rest === undefined) return;
    // This invocation's own lease stays: the call that it is for may still be under way.
    const isOwn = item.token.startsWith(`${requestId}/`);
    const expected = { token: item.token, ...(!isOwn && { unleasedAt: clock.now() }) };
    const { leaseUntil: _, ...free } = rest;
    const next = { ...(isOwn ? rest : free), token: this.#newToken() };
    // If this fails, older changes wait until these count as abandoned.
    await this.#access.put('settling', this.#dated(next), expected);
  }

  /** A new one for each write, so that an invocation that read the item before notices the write. */
  #newToken(): string {
    this.#tokens += 1;
    return `${this.#dependencies.requestId}/${this.#tokens}`;
  }

  #dated(item: Omit<LedgerItem, 'expiresAt'>): LedgerItem {
    const { clock, unchangedDays } = this.#dependencies;
    const days = Math.max(unchangedDays, MIN_DAYS_KEPT) + DAYS_OF_GRACE;
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
