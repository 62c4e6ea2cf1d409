import type { DeadLetterEntry } from '../../lambda/settlement/dead-lettering.ts';
import type { Invocation } from '../aws/invocation.ts';
import type { Message } from '../aws/message.ts';
import type { ProducedEvent } from '../producer/event.ts';
import { checkVerbatim, type Failure, failureIn, parseFailure } from './dead-letter-rules.ts';
import { isOld } from './exhaustion-rules.ts';
import type { OracleKnowledge } from './knowledge.ts';
import { checkReason } from './reason-rules.ts';
import type { RefusalBook } from './refusal-book.ts';
import type { Report } from './violation.ts';

/** What is in the dead-letter queue, how it came there, and whether it had to. */
export class DeadLetterings {
  readonly counts = { movedByQueue: 0, wouldRemoveInventory: 0 };
  /** By event: its reason, and the last cause where it was tried in vain. */
  readonly reasons = new Map<ProducedEvent, string>();
  /** The same, by the invocation that said so: copies of a message may be in two at once. */
  readonly #reasonsIn = new WeakMap<Invocation, Map<ProducedEvent, string>>();
  readonly #known: OracleKnowledge;
  readonly #refusals: RefusalBook;
  readonly #report: Report;
  /** By each id that an event is known by; copies and redriven ones have several. */
  readonly #byId = new Map<string, ProducedEvent>();
  readonly #byBody = new Map<string, ProducedEvent>();
  /** By dead letter that has no room for its reason: its event. */
  readonly #withoutRoom = new Map<string, ProducedEvent>();
  /** Events of such letters of which the reason is kept beside one. */
  readonly #kept = new Set<ProducedEvent>();
  /** How many invocations died that held an event, or could not note that they did not. */
  readonly #deathsWith = new Map<ProducedEvent, number>();
  /** Whether what a sandbox knew may not have reached the others. */
  #isEvidenceLost: boolean;
  /** The invocation that returned a message at its last permitted receive. */
  readonly #lastReturned = new Map<ProducedEvent, Invocation>();

  constructor(known: OracleKnowledge, refusals: RefusalBook, report: Report) {
    this.#known = known;
    this.#refusals = refusals;
    this.#report = report;
    this.#isEvidenceLost = !known.settings.ledger;
  }

  produced(event: ProducedEvent): void {
    for (const id of [event.originId, event.messageId]) {
      if (!this.#byId.has(id)) this.#byId.set(id, event);
    }
    if (!this.#byBody.has(event.body)) this.#byBody.set(event.body, event);
  }

  /** @returns the event that the dead letter is of; undefined where there is none such */
  deadLetter(
    invocation: Invocation,
    entry: DeadLetterEntry,
    letterId: string,
  ): ProducedEvent | undefined {
    const failure = failureIn(entry);
    const event =
      failure === undefined
        ? this.#byBody.get(entry.MessageBody ?? '')
        : this.#byId.get(failure.origin.messageId);
    if (event === undefined) {
      this.#report('NotVerbatim', `${invocation.name}: a dead letter of no event`);
      return undefined;
    }
    checkVerbatim(event, entry, this.#report);
    if (failure === undefined) this.#withoutRoom.set(letterId, event);
    else this.#check(event, failure, invocation);
    const { reason = '', lastReason } = failure ?? {};
    const told = lastReason === undefined ? reason : `${reason}: ${lastReason}`;
    this.reasons.set(event, told);
    const toldIn = this.#reasonsIn.get(invocation) ?? new Map<ProducedEvent, string>();
    this.#reasonsIn.set(invocation, toldIn.set(event, told));
    return event;
  }

  /** Why an invocation dead-lettered events. */
  reasonsIn(invocation: Invocation): ReadonlyMap<ProducedEvent, string> {
    return this.#reasonsIn.get(invocation) ?? new Map();
  }

  /** The text of `failure` is kept under an id: only that of a dead letter can ever be found again. */
  reasonKept(invocation: Invocation, id: string, text: string): void {
    const event = this.#withoutRoom.get(id);
    if (event === undefined) return;
    this.#kept.add(event);
    this.#check(event, parseFailure(text), invocation);
  }

  /** The message of a buried event is deleted from the source queue. */
  acknowledged(event: ProducedEvent, invocation: Invocation): void {
    const { settings, now } = this.#known;
    if (!settings.ledger || this.#kept.has(event)) return;
    if (![...this.#withoutRoom.values()].includes(event)) return;
    // A record that can't go back to the queue must not wait for a table that is down.
    const isLast = invocation.records.some(
      ({ message, receives }) => message.event === event && receives >= settings.maxReceiveCount,
    );
    const isOver = isLast || isOld({ event, invocation, settings, now: now() });
    if (isOver && invocation.troubled.has('evidence')) return;
    this.#report('ReasonLost', `${event.name} in ${invocation.name}`);
  }

  #check(event: ProducedEvent, failure: Failure, invocation: Invocation): void {
    const { settings, maxBytes, readings, library, now } = this.#known;
    const deadLetter = {
      event,
      failure,
      invocation,
      settings,
      maxBytes,
      readings,
      library,
      refusals: this.#refusals,
      now: now(),
      deaths: this.#deathsWith.get(event) ?? 0,
      isEvidenceLost: this.#isEvidenceLost,
    };
    checkReason(deadLetter, this.#report);
    if (failure.reason === 'Refused') this.#refusals.blamed(event.account, failure.guids);
    if (failure.reason === 'WouldRemoveInventory') this.counts.wouldRemoveInventory += 1;
  }

  /** The queue's redrive policy moved a message, without a reason. */
  moved({ event }: Message): void {
    this.counts.movedByQueue += 1;
    // Where it stood twice in one batch, one of the two may have been buried with its reason.
    if (this.reasons.has(event)) return;
    const last = this.#lastReturned.get(event);
    if (last?.end === 'answered' && !last.troubled.has('deadLetters')) {
      this.#report('MovedWithoutReason', `${event.name}, last in ${last.name}`);
    }
    this.reasons.set(event, 'moved by the queue');
  }

  /** @param returned the records that stay in the queue */
  invocationEnded(invocation: Invocation, returned: Invocation['records']): void {
    const { end, troubled, records, isKilled } = invocation;
    for (const { event } of records.map(({ message }) => message)) {
      const isDead = end === 'died' || end === 'timedOut';
      // Its neighbours must not count as records that kill the process.
      if (isKilled && !this.#known.isKiller(event)) continue;
      if (!isDead && !troubled.has('evidence')) continue;
      this.#deathsWith.set(event, (this.#deathsWith.get(event) ?? 0) + 1);
    }
    if (end !== 'answered' || troubled.has('evidence')) this.#isEvidenceLost = true;
    for (const { message, receives } of returned) {
      if (receives < this.#known.settings.maxReceiveCount) continue;
      this.#lastReturned.set(message.event, invocation);
    }
  }
}
