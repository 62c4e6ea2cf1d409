import { FIELDS, type Field } from '../../lambda/contract/fields.ts';
import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord } from '../finerworks/call-record.ts';
import { valuesOf, type WireImage } from '../finerworks/wire.ts';
import { compareEvents, type ProducedEvent } from '../producer/event.ts';
import type { Settings } from '../scenario.ts';
import { mayBeSentAlong } from './sent-along.ts';
import { valueIn, wantingInBatch } from './value-book.ts';
import type { Report } from './violation.ts';

const DAY = 86_400_000;

/** A value that FinerWorks confirmed. */
interface Confirmation {
  readonly event: ProducedEvent;
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Checks that what was confirmed beyond doubt by one invocation is not sent by another. */
export class RepeatRules {
  /** Values sent again for a cause: a death, an ambiguous answer, trouble with the ledger. */
  sentAgainInDoubt = 0;
  readonly #settings: Settings;
  readonly #report: Report;
  /** By guid and field: what the ledger must know by now. */
  readonly #certain = new Map<string, Confirmation>();
  readonly #confirmed = new Map<string, Confirmation>();
  /** By guid and field: the newest event that was sent by an invocation that is over. */
  readonly #newestSent = new Map<string, ProducedEvent>();
  readonly #lastCaller = new Map<string, Invocation>();
  /** What calls may only have sent along, by guid and field: that confirms no event. */
  readonly #company = new WeakMap<CallRecord, ReadonlySet<string>>();

  constructor(settings: Settings, report: Report) {
    this.#settings = settings;
    this.#report = report;
  }

  /** @param isThere whether FinerWorks has a value, by guid and field */
  callStarts(
    record: CallRecord,
    invocation: Invocation,
    isThere: (key: string, value: string) => boolean,
  ): void {
    const { call, at, isControl = false } = record;
    // It sends what is there, for no event.
    if (isControl) return;
    const company = new Set(
      call.images.flatMap((image) => this.#companyIn(image, invocation, isThere)),
    );
    this.#company.set(record, company);
    for (const image of call.images) {
      for (const { key, field, value } of valuesOf(image)) {
        const sent = wantingInBatch(invocation.records, image.guid, field, value).at(-1);
        const isNew = this.#lastCaller.get(key) !== invocation;
        if (sent !== undefined && isNew && !company.has(key)) {
          this.#check(key, { event: sent, value, at }, isForced(invocation, image.guid, field));
        }
        this.#lastCaller.set(key, invocation);
        this.#certain.delete(key);
      }
    }
  }

  #companyIn(
    image: WireImage,
    invocation: Invocation,
    isThere: (key: string, value: string) => boolean,
  ): string[] {
    return mayBeSentAlong(image, {
      isThere: ({ key, value }) => isThere(key, value),
      isKnown: ({ key, value }) => this.#certain.get(key)?.value === value,
      isHeldBack: ({ key, field, value }) => {
        const sent = wantingInBatch(invocation.records, image.guid, field, value).at(-1);
        const newest = this.#newestSent.get(key);
        if (sent === undefined || newest === undefined) return false;
        return !this.#certain.has(key) && compareEvents(sent, newest) < 0;
      },
    });
  }

  /** The ledger's item of an image was left undecided: nothing about it is certain any more. */
  forget(guid: string): void {
    for (const field of FIELDS) this.#certain.delete(`${guid} ${field}`);
  }

  #check(key: string, { event, value, at }: Confirmation, isForced: boolean): void {
    const isOld = (before: Confirmation) => compareEvents(event, before.event) <= 0;
    const certain = this.#certain.get(key);
    const confirmed = this.#confirmed.get(key);
    if (certain !== undefined && isOld(certain)) {
      this.#report('SentTwice', `${event.name} ${key} ${value}`);
    } else if (certain?.value === value && !isForced) {
      const isRecent = at - certain.at < this.#settings.unchangedDays * DAY;
      if (isRecent) this.#report('SentUnchanged', `${event.name} ${key} ${value}`);
    } else if (confirmed !== undefined && isOld(confirmed)) this.sentAgainInDoubt += 1;
  }

  #noteSent(key: string, event: ProducedEvent | undefined): void {
    const before = this.#newestSent.get(key);
    const isNewer =
      event !== undefined && (before === undefined || compareEvents(event, before) > 0);
    if (isNewer) this.#newestSent.set(key, event);
  }

  /**
   * What the invocation confirmed is certain if nothing came in between; what it left undecided in
   * the ledger makes it uncertain.
   */
  invocationEnded(invocation: Invocation): void {
    const { calls, end, troubled, touched } = invocation;
    const confirmed = new Map<string, Confirmation>();
    const doubtful = imagesNotSeen(invocation, this.#settings);
    if (end !== 'answered' || troubled.has('ledger')) {
      for (const guid of touched) this.forget(guid);
    }
    for (const record of calls.filter(({ isControl = false }) => !isControl)) {
      const { call, meaning, confirmed: images = [], claimed = [], answeredAt = 0 } = record;
      for (const image of call.images) {
        if (meaning === undefined || meaning === 'transient') doubtful.add(image.guid);
        // What was not taken is sent again once a list shows that.
        const isTaken = images.includes(image) && !claimed.includes(image);
        for (const { key, field, value } of valuesOf(image)) {
          const wanting = wantingInBatch(invocation.records, image.guid, field, value);
          this.#noteSent(key, wanting.at(-1));
          if (!isTaken || this.#company.get(record)?.has(key)) continue;
          // The oldest, in case that the newer ones, which want the same, were not permitted to.
          const [event] = wanting;
          if (event !== undefined) confirmed.set(key, { event, value, at: answeredAt });
        }
      }
    }
    for (const [key, confirmation] of confirmed) {
      this.#confirmed.set(key, confirmation);
      const [guid = ''] = key.split(' ');
      const isCertain = end === 'answered' && !troubled.has('ledger') && !doubtful.has(guid);
      if (isCertain && this.#lastCaller.get(key) === invocation) {
        this.#certain.set(key, confirmation);
      }
    }
  }
}

/**
 * A record that was answered with success, and comes back or is given up, may not have been seen at
 * FinerWorks. With several images, its reason may be that of another one.
 */
function imagesNotSeen({ records, reasons, deadLettered }: Invocation, { verify }: Settings) {
  const open = records.filter(({ handle, message }) => {
    return verify !== 'off' && (reasons.has(handle) || deadLettered.has(message.event));
  });
  return new Set(open.flatMap(({ message }) => message.event.images.map(({ guid }) => guid)));
}

function isForced({ records }: Invocation, guid: string, field: Field): boolean {
  return records.some(
    ({ message: { event } }) => event.force && valueIn(event, guid, field) !== undefined,
  );
}
