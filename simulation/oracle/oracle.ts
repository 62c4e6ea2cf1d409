import type { DeadLetterEntry } from '../../lambda/settlement/dead-lettering.ts';
import type { Invocation } from '../aws/invocation.ts';
import type { Message, Received } from '../aws/message.ts';
import type { CallRecord, ListRecord } from '../finerworks/call-record.ts';
import type { WireImage } from '../finerworks/wire.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Settings } from '../scenario.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { ContentRules } from './call-rules.ts';
import { CircuitRules } from './circuit-rules.ts';
import { Claims } from './claims.ts';
import { checkControl, isControl } from './controls.ts';
import { DeadLetterings } from './dead-letterings.ts';
import { effortOf, type InvocationEffort } from './effort.ts';
import { ForceRule } from './force-rule.ts';
import type { OracleKnowledge } from './knowledge.ts';
import { checkOutcomes } from './outcome-rule.ts';
import { OverwriteRules } from './overwrite-rules.ts';
import { checkPatience } from './patience-rules.ts';
import { PostponementRules } from './postponement-rules.ts';
import { checkRate } from './rate-rule.ts';
import { mayBeReading, ReadBackRules } from './read-back-rules.ts';
import { RefusalBook } from './refusal-book.ts';
import { eventsRefusedAlone } from './refusals.ts';
import { RepeatRules } from './repeat-rules.ts';
import { checkReturned } from './returned-rules.ts';
import { StartRules } from './start-rules.ts';
import { Stopwatch } from './stopwatch.ts';
import { checkTrail } from './trail-rule.ts';
import { ValueBook } from './value-book.ts';
import type { Rule, Violation } from './violation.ts';
import { WaitingRules } from './waiting-rules.ts';

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
  readonly counts = {
    calls: 0,
    listCalls: 0,
    expired: 0,
    deaths: 0,
    /** Events acknowledged for answers that were not true, of calls that were not read back. */
    acknowledgedUnseen: 0,
  };
  readonly repeats: RepeatRules;
  readonly deadLetterings: DeadLetterings;
  readonly overwrites: OverwriteRules;
  readonly #forced = new ForceRule(this.values);
  readonly stopwatch: Stopwatch;
  readonly efforts: InvocationEffort[] = [];
  readonly #refusals = new RefusalBook();
  readonly #starts: StartRules;
  readonly #claims: Claims;
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
  readonly #acknowledgements: Acknowledgements;

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
    this.#acknowledgements = new Acknowledgements(
      {
        values: this.values,
        forced: this.#forced,
        deadLetterings: this.deadLetterings,
        stopwatch: this.stopwatch,
      },
      this.report,
    );
    this.#claims = new Claims(known, this.values);
    this.overwrites = new OverwriteRules(
      {
        known,
        values: this.values,
        claims: this.#claims,
        deadLetterings: this.deadLetterings,
        refused: this.#refused,
      },
      this.report,
    );
  }

  /** Events that the function has acknowledged, and not dead-lettered. */
  get acknowledged(): ReadonlySet<ProducedEvent> {
    return this.#acknowledgements.all;
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

  /** FinerWorks answered a call, in time or too late for the function. */
  callAnswered(record: CallRecord, invocation: Invocation): void {
    this.#claims.answered(record, invocation);
    this.#refusals.learn(record);
    this.#forced.updated(record);
    this.confirmed(record.confirmed ?? []);
  }

  /** A list shows images as they are. */
  seen(images: readonly WireImage[]): void {
    const { library } = this.#known;
    this.confirmed(this.values.meantBy(images, (key, value) => library.has(key, value)));
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
    this.#acknowledgements.acknowledge(record.message.event, invocation);
  }

  invocationEnded(invocation: Invocation, acknowledged: readonly Received[]): void {
    const { name, end, troubled, records } = invocation;
    if (end === 'died' || end === 'timedOut') this.counts.deaths += 1;
    if (end === 'failed' && !troubled.has('secret')) this.report('InvocationFailed', name);
    if (end === 'timedOut' && troubled.size === 0) this.report('TimedOutWithoutCause', name);
    for (const { message } of acknowledged)
      this.#acknowledgements.acknowledge(message.event, invocation);
    const done = new Set(acknowledged.map(({ message }) => message));
    const returned = records.filter(({ message }) => !done.has(message));
    this.deadLetterings.invocationEnded(invocation, returned);
    checkReturned(returned, invocation, this.#settings, this.report);
    checkTrail(invocation, returned, this.report);
    checkOutcomes(invocation, returned, this.deadLetterings.reasonsIn(invocation), this.report);
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

  /** At the end: what is left in the queue, and what is lost? */
  conclude(left: readonly Message[]): void {
    const inQueue = new Set(left.map(({ event }) => event));
    for (const event of this.events) {
      if (inQueue.has(event)) this.report('NotDrained', event.name);
      else if (!this.deadLetterings.reasons.has(event) && !this.#acknowledgements.isDone(event))
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
}
