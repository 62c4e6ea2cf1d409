import type { DeadLetterEntry } from '../../lambda/settlement/dead-lettering.ts';
import type { Invocation } from '../aws/invocation.ts';
import type { Message, Received } from '../aws/message.ts';
import type { CallRecord, ListRecord, StandingValue } from '../finerworks/call-record.ts';
import { valuesOf, type WireImage } from '../finerworks/wire.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Settings } from '../scenario.ts';
import { ContentRules } from './call-rules.ts';
import { CircuitRules } from './circuit-rules.ts';
import { checkControl, isControl } from './controls.ts';
import { DeadLetterings } from './dead-letterings.ts';
import { effortOf, type InvocationEffort } from './effort.ts';
import { ForceRule } from './force-rule.ts';
import type { OracleKnowledge } from './knowledge.ts';
import { checkPatience } from './patience-rules.ts';
import { PostponementRules } from './postponement-rules.ts';
import { checkRate } from './rate-rule.ts';
import { mayBeReading, ReadBackRules, wasReadBack } from './read-back-rules.ts';
import { RefusalBook } from './refusal-book.ts';
import { eventsRefusedAlone } from './refusals.ts';
import { RepeatRules } from './repeat-rules.ts';
import { companyIn } from './standing-values.ts';
import { StartRules } from './start-rules.ts';
import { Stopwatch } from './stopwatch.ts';
import { checkTrail } from './trail-rule.ts';
import { ValueBook, valueIn } from './value-book.ts';
import type { Rule, Violation } from './violation.ts';
import { WaitingRules } from './waiting-rules.ts';

/** Added to the call's timeout after the end of the invocation (docs/ledger.md). */
const CLOCK_MARGIN = 10_000;

/** So late a list may be (docs/ledger.md). */
const LONGEST_LAG = 600_000;
const HOUR = 3_600_000;
/** At most 10 entries a batch request (AWS: SQS quotas). */
const MAX_ENTRIES = 10;

/**
 * Knows the whole world, and says whether the function did right in it. It shares no code with the
 * function: it could not see an error that both had.
 */
export class Oracle {
  readonly violations: Violation[] = [];
  readonly events: ProducedEvent[] = [];
  readonly values = new ValueBook();
  readonly acknowledged = new Set<ProducedEvent>();
  readonly counts = {
    calls: 0,
    listCalls: 0,
    expired: 0,
    imagesThatLostProducts: 0,
    deaths: 0,
    /** Newer texts that could not be known when an older one was sent along. */
    standingOverwrites: 0,
    /** Texts that FinerWorks blanked because a call left them out. */
    blankedTexts: 0,
    /** Events acknowledged for answers that were not true, of calls that were not read back. */
    acknowledgedUnseen: 0,
  };
  readonly repeats: RepeatRules;
  readonly deadLetterings: DeadLetterings;
  readonly #forced = new ForceRule(this.values);
  readonly stopwatch: Stopwatch;
  readonly efforts: InvocationEffort[] = [];
  readonly #refusals = new RefusalBook();
  readonly #starts: StartRules;
  readonly #circuits: CircuitRules;
  readonly #waiting: WaitingRules;
  readonly #postponements: PostponementRules;
  readonly #readings: ReadBackRules;
  readonly #known: OracleKnowledge;
  readonly #settings: Settings;
  /** Which invocations wrote to the ledger's item of an image. */
  readonly #touched = new Map<string, Set<Invocation>>();
  readonly #callTimes: number[] = [];
  /** Events with an image that was refused alone. */
  readonly #refused = new Set<ProducedEvent>();
  /** Values that an answer said were taken, and were not: some event wants them. */
  readonly #said = new Set<string>();
  /** Events that were acknowledged without being read back. */
  readonly #unseen = new Set<ProducedEvent>();

  constructor(known: OracleKnowledge) {
    this.#known = known;
    this.#settings = known.settings;
    this.repeats = new RepeatRules(known.settings, this.report);
    this.#starts = new StartRules(known.settings, this.report);
    this.#circuits = new CircuitRules(known.settings, this.report);
    this.#waiting = new WaitingRules(known.settings, this.report);
    this.#postponements = new PostponementRules(known.settings, this.report);
    this.#readings = new ReadBackRules(known, this.report);
    this.stopwatch = new Stopwatch(known.now);
    this.deadLetterings = new DeadLetterings(known, this.#refusals, this.report);
  }

  get hasLedger(): boolean {
    return this.#settings.ledger;
  }

  readonly report = (rule: Rule, detail: string): void => {
    this.violations.push({ rule, detail, moment: this.#known.moment() });
  };

  produced(event: ProducedEvent): void {
    this.events.push(event);
    this.deadLetterings.produced(event);
    this.values.add(event);
    this.stopwatch.sent(event);
  }

  callStarts(record: CallRecord, invocation: Invocation): void {
    this.counts.calls += 1;
    this.#callTimes.push(record.at);
    record.isControl = isControl(record.call, invocation);
    this.#starts.callStarts(record, invocation);
    if (!this.hasLedger) return;
    const { library } = this.#known;
    this.repeats.callStarts(record, invocation, (key, value) => library.has(key, value));
  }

  listStarts(record: ListRecord, invocation: Invocation): void {
    this.counts.listCalls += 1;
    this.#callTimes.push(record.at);
    record.isReading = mayBeReading(record, invocation, this.#settings);
  }

  /** An invocation writes to the ledger's item of an image. */
  touches(invocation: Invocation, guid: string): void {
    this.#touched.set(guid, (this.#touched.get(guid) ?? new Set()).add(invocation));
    invocation.touched.add(guid);
    // A write under way when its invocation died.
    if (invocation.end !== undefined) this.repeats.forget(guid);
  }

  /** A control is about to be written. */
  controlApplies(images: readonly WireImage[], invocation: Invocation): void {
    checkControl(images, invocation, this.#known.library, this.values, this.report);
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
    const { library, lag } = this.#known;
    // Without the ledger it is unknown that a list is late; and with it, for how long.
    const isMisled = lag > (this.hasLedger ? LONGEST_LAG : 0);
    const guids = new Set(images.map(({ guid }) => guid));
    for (const { key, guid, value, seenAt } of standing) {
      if (!guids.has(guid) || library.has(key, value)) continue;
      this.values.spoil(key);
      const writtenAt = library.writtenAt(key) ?? 0;
      const isWrittenSince = writtenAt >= seenAt;
      // A refused call may have written; after its events are given up that is not checked.
      const isRefused = writtenAt + lag >= seenAt && this.#isGivenUp(key);
      const isSaid = this.#said.has(`${key} ${value}`);
      if (isMisled || isWrittenSince || isSaid || isRefused) this.counts.standingOverwrites += 1;
      else this.report('TextLost', `${invocation.name}: ${key} ${value}`);
    }
    return new Set(images.flatMap((image) => [...companyIn(image, library)]));
  }

  /** Whether what a field has, by guid and field, is wanted by events only that were given up. */
  #isGivenUp(key: string): boolean {
    const { library } = this.#known;
    const events = this.values.meant(key, (name, value) => library.has(name, value));
    const isDone = (event: ProducedEvent) =>
      this.deadLetterings.reasons.has(event) || this.#refused.has(event);
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
    const { name, endsAt } = invocation;
    const leaseEnd = endsAt + this.#settings.callTimeoutSeconds * 1_000 + CLOCK_MARGIN;
    const isLate = this.#known.now() > leaseEnd;
    const stale = this.values.apply(images, invocation, company, (newer) => {
      if (!this.hasLedger) return 'staleOverwritesWithoutLedger';
      if (isLate) return 'lateArrivals';
      const isRefused = this.#refused.has(newer) || eventsRefusedAlone(invocation).includes(newer);
      const isGivenUp = this.deadLetterings.reasons.has(newer) || isRefused;
      return isGivenUp ? 'olderAfterGivenUp' : 'staleOverwrites';
    });
    for (const detail of stale) this.report('StaleOverwrite', `${name}: ${detail}`);
    this.counts.imagesThatLostProducts += losing.length;
    if (this.#settings.virtualInventory === 'remove') return;
    for (const image of losing) {
      if (!isAllowed(image, invocation)) this.report('InventoryRemoved', `${name}: ${image.guid}`);
    }
  }

  /**
   * A call left fields out, and they lost their texts by it.
   *
   * @param keys of those fields, by guid and field
   */
  blanked(keys: readonly string[], { name }: Invocation): void {
    const { library } = this.#known;
    const { omittedFields, virtualInventory } = this.#settings;
    const isCompleting = omittedFields === 'complete' && virtualInventory === 'protect';
    for (const key of keys) {
      this.values.spoil(key);
      const [guid = ''] = key.split(' ');
      this.counts.blankedTexts += 1;
      if (isCompleting && library.isListed(guid)) this.report('TextLost', `${name}: ${key}`);
    }
  }

  /** FinerWorks answered a call, in time or too late for the function. */
  callAnswered(record: CallRecord, invocation: Invocation): void {
    this.#believed(record, invocation);
    this.#refusals.learn(record);
    this.#forced.updated(record);
    this.confirmed(record.confirmed ?? []);
  }

  /** A list shows images as they are. */
  seen(images: readonly WireImage[]): void {
    const { library } = this.#known;
    this.confirmed(this.values.meantBy(images, (key, value) => library.has(key, value)));
  }

  /** What an answer only says was taken counts where the settings do not let it be read back. */
  #believed(record: CallRecord, invocation: Invocation): void {
    const { verify } = this.#settings;
    const { claimed = [], confirmed = [] } = record;
    const { library } = this.#known;
    if (verify === 'off') record.confirmed = [...confirmed, ...claimed];
    if (verify !== 'off') {
      this.values.claim(claimed, (image) => {
        const isUnread = verify === 'sample' && !wasReadBack(image, record, invocation, library);
        return isUnread || (!this.hasLedger && this.#isWrittenSince(image, invocation.startedAt));
      });
    }
    const believed = [...confirmed, ...(verify === 'all' ? [] : claimed)];
    // What it has in the end says nothing, until something is seen to be taken.
    for (const { key, field, value } of believed.flatMap(valuesOf)) {
      if (!library.has(key, value)) this.values.spoilBySaying(key, field, value);
    }
    for (const { key, value } of claimed.flatMap(valuesOf)) this.#said.add(`${key} ${value}`);
  }

  /**
   * Without the ledger another invocation may change an image meanwhile, and what it wrote can't be
   * told from what FinerWorks made of a text: not since a list showed what was there before the call.
   */
  #isWrittenSince(image: WireImage, at: number): boolean {
    const { library } = this.#known;
    return valuesOf(image).some(({ key }) => (library.writtenAt(key) ?? 0) >= at);
  }

  /** An answer shows that FinerWorks has these values. */
  confirmed(images: readonly WireImage[]): void {
    for (const event of this.values.confirm(images)) {
      if (this.values.isSettled(event)) this.stopwatch.settled(event);
    }
  }

  batchRequest({ name }: Invocation, entries: readonly { readonly Id: string }[]): void {
    const ids = new Set(entries.map(({ Id }) => Id));
    if (ids.size < entries.length || entries.length > MAX_ENTRIES || entries.length === 0) {
      this.report('BatchTooLarge', `${name}: ${entries.length} entries, ${ids.size} ids`);
    }
  }

  /** @returns the event that the dead letter is of; undefined where there is none such */
  deadLetter(
    invocation: Invocation,
    entry: DeadLetterEntry,
    letterId: string,
  ): ProducedEvent | undefined {
    const event = this.deadLetterings.deadLetter(invocation, entry, letterId);
    if (event !== undefined) this.stopwatch.deadLettered(event);
    return event;
  }

  /** The reason of a dead letter without room for it is kept beside, under some id. */
  reasonKept(invocation: Invocation, id: string, text: string): void {
    this.deadLetterings.reasonKept(invocation, id, text);
  }

  /** The queue's redrive policy moved a message, without a reason. */
  moved(message: Message): void {
    this.deadLetterings.moved(message);
    this.stopwatch.deadLettered(message.event);
  }

  /** The queue dropped an expired message: `conclude` judges that at the end. */
  expired(_event: ProducedEvent): void {
    this.counts.expired += 1;
  }

  /** The function deletes a message itself, before it answers Lambda. */
  deleted(invocation: Invocation, handle: string): void {
    const record = invocation.records.find((candidate) => candidate.handle === handle);
    if (record === undefined) {
      this.report('UnknownIdentifier', `${invocation.name} deletes what is not in its batch`);
      return;
    }
    invocation.deleted.add(record.message.event);
    this.#acknowledge(record.message.event, invocation);
  }

  invocationEnded(invocation: Invocation, acknowledged: readonly Received[]): void {
    const { name, end, troubled, records } = invocation;
    if (end === 'died' || end === 'timedOut') this.counts.deaths += 1;
    if (end === 'failed' && !troubled.has('secret')) this.report('InvocationFailed', name);
    if (end === 'timedOut' && troubled.size === 0) this.report('TimedOutWithoutCause', name);
    for (const { message } of acknowledged) this.#acknowledge(message.event, invocation);
    const done = new Set(acknowledged.map(({ message }) => message));
    const returned = records.filter(({ message }) => !done.has(message));
    this.deadLetterings.invocationEnded(invocation, returned);
    for (const record of returned) this.#checkReturned(record, invocation);
    checkTrail(invocation, returned, this.report);
    this.efforts.push(effortOf(invocation, this.#settings));
    if (this.hasLedger) this.repeats.invocationEnded(invocation);
    for (const event of eventsRefusedAlone(invocation)) this.#refused.add(event);
    const content = { settings: this.#settings, values: this.values, refusals: this.#refusals };
    new ContentRules({ invocation, ...content }, this.report).check();
    checkPatience(invocation, this.#settings, this.#refusals, this.report);
    this.#circuits.invocationEnded(invocation);
    this.#waiting.invocationEnded(invocation);
    this.#readings.invocationEnded(invocation);
    this.#postponements.invocationEnded(invocation, (guid) =>
      [...(this.#touched.get(guid) ?? [])].some((other) => other !== invocation),
    );
  }

  #checkReturned({ message, handle, firstReceivedAt }: Received, invocation: Invocation): void {
    const { name, startedAt, end, troubled, postponed, deleted, deadLettered } = invocation;
    const { event } = message;
    const isOver = startedAt - firstReceivedAt > this.#settings.retryHours * HOUR;
    if (end === 'answered' && isOver && !deadLettered.has(event) && !troubled.has('deadLetters')) {
      this.report('RetriedTooLong', `${event.name} in ${name}`);
    }
    const isForgotten = !postponed.has(handle) && !deleted.has(event) && !deadLettered.has(event);
    if (end === 'answered' && isForgotten && !troubled.has('visibility')) {
      this.report('NotPostponed', `${event.name} in ${name}`);
    }
  }

  #acknowledge(event: ProducedEvent, invocation: Invocation): void {
    const { name, deadLettered } = invocation;
    if (deadLettered.has(event)) {
      this.deadLetterings.acknowledged(event, invocation);
      return;
    }
    const isExcused = !this.values.isSettled(event) && this.values.isClaimed(event);
    if (isExcused) this.#unseen.add(event);
    if (event.invalid !== undefined || !(this.values.isSettled(event) || isExcused)) {
      this.report('WronglyAcknowledged', `${event.name} in ${name}`);
    }
    if (event.force && !this.#forced.isObeyed(event)) {
      this.report('ForceIgnored', `${event.name} in ${name}`);
    }
    this.acknowledged.add(event);
    this.stopwatch.settled(event);
  }

  /** At the end: what is left in the queue, and what is lost? */
  conclude(left: readonly Message[]): void {
    const inQueue = new Set(left.map(({ event }) => event));
    for (const event of this.events) {
      if (inQueue.has(event)) this.report('NotDrained', event.name);
      else if (!this.deadLetterings.reasons.has(event) && !this.#isDone(event))
        this.report('Lost', event.name);
    }
    checkRate(this.#callTimes, this.#settings, this.report);
    if (!this.hasLedger) return;
    const { library } = this.#known;
    const isDone = (event: ProducedEvent) => this.acknowledged.has(event);
    const has = (key: string, value: string | undefined) =>
      value !== undefined && library.has(key, value);
    for (const detail of this.values.wrongFields(has, isDone)) {
      this.report('WrongFinalState', detail);
    }
  }

  #isDone(event: ProducedEvent): boolean {
    if (event.invalid !== undefined) return false;
    return this.values.isSettled(event) || this.#unseen.has(event);
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
