import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord, ListRecord } from '../finerworks/call-record.ts';
import { valuesOf, type WireCall } from '../finerworks/wire.ts';
import type { ProducedEvent } from '../producer/event.ts';
import { compareEvents } from '../producer/event.ts';
import type { Settings } from '../scenario.ts';
import type { RefusalBook } from './refusal-book.ts';
import { keyOf, RefusedAlone } from './refusals.ts';
import { type ValueBook, valueIn } from './value-book.ts';
import type { Report } from './violation.ts';

/** An invocation, and what it is checked against. */
interface KnownContent {
  readonly invocation: Invocation;
  readonly settings: Settings;
  readonly values: ValueBook;
  readonly refusals: RefusalBook;
}

/** Checks what one invocation sent, call by call, against what it knew at that moment. */
export class ContentRules {
  readonly #invocation: Invocation;
  readonly #settings: Settings;
  readonly #values: ValueBook;
  readonly #refusals: RefusalBook;
  readonly #report: Report;
  /** In this part of the batch. */
  #refused = new RefusedAlone();
  #part = 0;
  readonly #good = new Set<string>();
  /** In this part, of images with both fields: one of them may only have been sent along. */
  readonly #goodInPart = new Set<string>();
  /** What each field was last set to, as far as FinerWorks confirmed it. */
  readonly #current = new Map<string, string>();
  /** What each field was set to, and when that was answered. */
  readonly #confirmed = new Map<string, { readonly value: string; readonly at: number }>();
  /** Images that a list has shown, and those of them that none has shown since they were updated. */
  readonly #listed = new Set<string>();
  readonly #unseen = new Set<string>();
  /** The newest event of which a value was confirmed, by guid and field. */
  readonly #newestConfirmed = new Map<string, ProducedEvent>();

  constructor(known: KnownContent, report: Report) {
    this.#invocation = known.invocation;
    this.#settings = known.settings;
    this.#values = known.values;
    this.#refusals = known.refusals;
    this.#report = report;
  }

  check(): void {
    const lists = this.#invocation.lists.toSorted(byAnswer);
    for (const record of this.#invocation.calls) {
      // A call may follow at the same moment on what a list call shows.
      while (lists[0]?.answeredAt !== undefined && lists[0].answeredAt <= record.at) {
        this.#learnList(lists.shift());
      }
      this.#checkCall(record);
      this.#learn(record);
    }
  }

  #checkCall({ call, part = 0, isControl = false }: CallRecord): void {
    const { name } = this.#invocation;
    if (part !== this.#part) this.#beginPart();
    this.#part = part;
    if (call.images.length > this.#settings.maxImagesPerCall) {
      this.#report('CallTooLarge', `${name}: ${call.images.length} images`);
    }
    if (isControl) return;
    const isAlone = call.images.length === 1;
    for (const image of call.images) {
      const key = keyOf(call, image);
      const values = valuesOf(image);
      // Another value in between makes it necessary to send the first one again.
      const isCurrent = values.every((value) => this.#current.get(value.key) === key);
      if (this.#refused.has(key) && !(isAlone && this.#mayTryAgain(call, key))) {
        this.#report('ResentRefused', `${name}: ${key}`);
      }
      const isUnseen = this.#settings.verify !== 'off' && this.#unseen.has(image.guid);
      const isGood = this.#good.has(key) || this.#goodInPart.has(key);
      if (isGood && isCurrent && !isUnseen) {
        this.#report('ResentGood', `${name}: ${key}`);
      }
      for (const { key, field, value } of values) {
        const isWanted = this.#invocation.records.some(
          ({ message: { event } }) =>
            event.account === call.account && valueIn(event, image.guid, field) === value,
        );
        if (!isWanted) this.#report('InventedValue', `${name}: ${key} ${value}`);
        const newest = this.#values.newestWanting(key, field, value);
        const confirmed = this.#newestConfirmed.get(key);
        // Without the ledger nothing is known of what the invocation did before.
        const isKnown = this.#settings.ledger && newest && confirmed;
        if (isKnown && compareEvents(newest, confirmed) < 0) {
          this.#report('OlderAfterNewer', `${name}: ${newest.name} after ${confirmed.name}`);
        }
      }
    }
  }

  /** A record that may have killed a process is processed later, alone: another event may want the same. */
  #beginPart(): void {
    this.#refused = new RefusedAlone();
    this.#goodInPart.clear();
    if (this.#isForgetful) this.#good.clear();
  }

  /** Whether a later part of the invocation can't know what an earlier one confirmed. */
  get #isForgetful(): boolean {
    const { ledger, unchangedDays } = this.#settings;
    return !ledger || unchangedDays === 0 || this.#invocation.troubled.has('ledger');
  }

  /** Something of the account was taken since, here or in another sandbox. */
  #mayTryAgain({ account }: WireCall, key: string): boolean {
    const isTaken = this.#refusals.lastTakenAt(account) > this.#refused.refusedAt(key);
    return isTaken || this.#refused.mayTryAgain(key);
  }

  /** What is not shown as it was sent may be sent again. */
  #learnList(list: ListRecord | undefined): void {
    for (const image of list?.shown ?? []) {
      this.#listed.add(image.guid);
      this.#unseen.delete(image.guid);
      for (const { key, value } of valuesOf(image)) {
        const sent = this.#confirmed.get(key);
        const isBefore = list !== undefined && sent !== undefined && list.at < sent.at;
        if (sent !== undefined && !isBefore && sent.value !== value) this.#current.delete(key);
      }
    }
  }

  #learn(record: CallRecord): void {
    this.#refused.learn(record);
    // Where the effect of a call is unknown, it is no waste to send what was there before again.
    for (const image of record.meaning === 'refused' ? [] : record.call.images) {
      for (const { key } of valuesOf(image)) this.#current.delete(key);
    }
    for (const image of record.confirmed ?? []) {
      const good = valuesOf(image).length > 1 ? this.#goodInPart : this.#good;
      good.add(keyOf(record.call, image));
      if (this.#listed.has(image.guid)) this.#unseen.add(image.guid);
      for (const { key, field, value } of valuesOf(image)) {
        this.#current.set(key, keyOf(record.call, image));
        this.#confirmed.set(key, { value, at: record.answeredAt ?? record.at });
        // A control sends what is there already, and confirms no event.
        if (record.isControl) continue;
        const oldest = this.#values.oldestWanting(key, field, value);
        const before = this.#newestConfirmed.get(key);
        const isNewer = oldest && (before === undefined || compareEvents(oldest, before) > 0);
        if (isNewer) this.#newestConfirmed.set(key, oldest);
      }
    }
  }
}

function byAnswer({ answeredAt: a = 0 }: ListRecord, { answeredAt: b = 0 }: ListRecord): number {
  return a - b;
}
