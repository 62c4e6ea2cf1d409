import type { Invocation } from '../aws/invocation.ts';
import type { StandingValue } from '../finerworks/call-record.ts';
import { valuesOf, type WireImage } from '../finerworks/wire.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Claims } from './claims.ts';
import type { DeadLetterings } from './dead-letterings.ts';
import type { OracleKnowledge } from './knowledge.ts';
import { eventsRefusedAlone } from './refusals.ts';
import { companyIn } from './standing-values.ts';
import { type ValueBook, valueIn } from './value-book.ts';
import type { Report } from './violation.ts';

/** Added to the call's timeout after the end of the invocation (docs/ledger.md). */
const CLOCK_MARGIN = 10_000;

/** So late a list may be (docs/ledger.md). */
const LONGEST_LAG = 600_000;

/** What the rules need from the rest of the oracle. */
interface OverwriteDependencies {
  readonly known: OracleKnowledge;
  readonly values: ValueBook;
  readonly claims: Claims;
  readonly deadLetterings: DeadLetterings;
  /** Events with an image that was refused alone. */
  readonly refused: ReadonlySet<ProducedEvent>;
}

/** Checks what a call overwrites: newer values, texts that nobody asked to change, products. */
export class OverwriteRules {
  readonly counts = {
    imagesThatLostProducts: 0,
    /** Newer texts that could not be known when an older one was sent along. */
    standingOverwrites: 0,
    /** Texts that FinerWorks blanked because a call left them out. */
    blankedTexts: 0,
  };
  readonly #dependencies: OverwriteDependencies;
  readonly #report: Report;
  /** Fields, by guid and name, that were last written by a call after its lease. */
  readonly #late = new Set<string>();

  constructor(dependencies: OverwriteDependencies, report: Report) {
    this.#dependencies = dependencies;
    this.#report = report;
  }

  /**
   * A call is about to take effect: what no event asks for must be what is there.
   *
   * @returns what may only be sent along, by guid and field
   */
  applies(
    images: readonly WireImage[],
    standing: readonly StandingValue[],
    invocation: Invocation,
  ): ReadonlySet<string> {
    const { known, values, claims } = this.#dependencies;
    const { library, lag } = known;
    // Without the ledger it is unknown that a list is late; and with it, for how long.
    const isMisled = lag > (known.settings.ledger ? LONGEST_LAG : 0);
    const guids = new Set(images.map(({ guid }) => guid));
    for (const { key, guid, value, seenAt } of standing) {
      if (!guids.has(guid) || library.has(key, value)) continue;
      values.spoil(key);
      const writtenAt = library.writtenAt(key) ?? 0;
      const isWrittenSince = writtenAt >= seenAt;
      // A refused call may have written; after its events are given up that is not checked.
      const isRefused = writtenAt + lag >= seenAt && this.#isGivenUp(key);
      // A late list did not show yet what came so late that nobody waited for it any more.
      const isLate = writtenAt + lag >= seenAt && this.#late.has(key);
      const isSaid = claims.isSaid(key, value);
      const isExcused = isMisled || isWrittenSince || isSaid || isRefused || isLate;
      if (isExcused) this.counts.standingOverwrites += 1;
      else this.#report('TextLost', `${invocation.name}: ${key} ${value}`);
    }
    return new Set(images.flatMap((image) => [...companyIn(image, library)]));
  }

  /** Whether what a field has, by guid and field, is wanted by events only that were given up. */
  #isGivenUp(key: string): boolean {
    const { known, values, deadLetterings, refused } = this.#dependencies;
    const { library } = known;
    const events = values.meant(key, (name, value) => library.has(name, value));
    const isDone = (event: ProducedEvent) =>
      deadLetterings.reasons.has(event) || refused.has(event);
    return events.length > 0 && events.every(isDone);
  }

  /**
   * @param losing the images that lost virtual inventory products by it
   * @param company what {@link applies} said before
   */
  applied(
    images: readonly WireImage[],
    losing: readonly WireImage[],
    invocation: Invocation,
    company: ReadonlySet<string>,
  ): void {
    const { known, values, deadLetterings, refused } = this.#dependencies;
    const { settings } = known;
    const { name, endsAt } = invocation;
    const leaseEnd = endsAt + settings.callTimeoutSeconds * 1_000 + CLOCK_MARGIN;
    const isLate = known.now() > leaseEnd;
    for (const { key } of images.flatMap(valuesOf)) {
      if (isLate) this.#late.add(key);
      else this.#late.delete(key);
    }
    // Once for all images: nothing of the invocation changes meanwhile.
    let refusedAlone: ReadonlySet<ProducedEvent> | undefined;
    const stale = values.apply(images, invocation, company, (newer) => {
      if (!settings.ledger) return 'staleOverwritesWithoutLedger';
      if (isLate) return 'lateArrivals';
      refusedAlone ??= new Set(eventsRefusedAlone(invocation));
      const isRefused = refused.has(newer) || refusedAlone.has(newer);
      const isGivenUp = deadLetterings.reasons.has(newer) || isRefused;
      return isGivenUp ? 'olderAfterGivenUp' : 'staleOverwrites';
    });
    for (const detail of stale) this.#report('StaleOverwrite', `${name}: ${detail}`);
    this.counts.imagesThatLostProducts += losing.length;
    if (settings.virtualInventory === 'remove') return;
    for (const image of losing) {
      if (!isAllowed(image, invocation)) this.#report('InventoryRemoved', `${name}: ${image.guid}`);
    }
  }

  /**
   * A call left fields out, and they lost their texts by it.
   *
   * @param keys of those fields, by guid and field
   */
  blanked(keys: readonly string[], { name }: Invocation): void {
    const { known, values } = this.#dependencies;
    const { omittedFields, virtualInventory } = known.settings;
    const isCompleting = omittedFields === 'complete' && virtualInventory === 'protect';
    for (const key of keys) {
      values.spoil(key);
      const [guid = ''] = key.split(' ');
      this.counts.blankedTexts += 1;
      if (isCompleting && known.library.isListed(guid)) this.#report('TextLost', `${name}: ${key}`);
    }
  }
}

/** Whether each value that was written is wanted by an event that allows the loss of products. */
function isAllowed(image: WireImage, { records }: Invocation): boolean {
  return valuesOf(image).every(({ field, value }) =>
    records.some(
      ({ message: { event } }) =>
        event.removeVirtualInventory && valueIn(event, image.guid, field) === value,
    ),
  );
}
