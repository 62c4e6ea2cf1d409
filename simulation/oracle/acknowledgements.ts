import type { Invocation } from '../aws/invocation.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { DeadLetterings } from './dead-letterings.ts';
import type { ForceRule } from './force-rule.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { ValueBook } from './value-book.ts';
import type { Report } from './violation.ts';

/** What acknowledgements are judged by. */
interface Evidence {
  readonly values: ValueBook;
  readonly forced: ForceRule;
  readonly deadLetterings: DeadLetterings;
  readonly stopwatch: Stopwatch;
}

/** The events that the function acknowledges: FinerWorks must have what they ask for, or must have said so. */
export class Acknowledgements {
  readonly #evidence: Evidence;
  readonly #report: Report;
  readonly #all = new Set<ProducedEvent>();
  /** Acknowledged for an answer that was not true, of a call that was not read back. */
  readonly #unseen = new Set<ProducedEvent>();

  constructor(evidence: Evidence, report: Report) {
    this.#evidence = evidence;
    this.#report = report;
  }

  /** Without those that are dead letters. */
  get all(): ReadonlySet<ProducedEvent> {
    return this.#all;
  }

  acknowledge(event: ProducedEvent, invocation: Invocation): void {
    const { values, forced, deadLetterings, stopwatch } = this.#evidence;
    const { name, deadLettered } = invocation;
    if (deadLettered.has(event)) {
      deadLetterings.acknowledged(event, invocation);
      return;
    }
    const isExcused = !values.isSettled(event) && values.isClaimed(event);
    if (isExcused) this.#unseen.add(event);
    if (event.invalid !== undefined || !(values.isSettled(event) || isExcused)) {
      this.#report('WronglyAcknowledged', `${event.name} in ${name}`);
    }
    if (event.force && !forced.isObeyed(event)) {
      this.#report('ForceIgnored', `${event.name} in ${name}`);
    }
    this.#all.add(event);
    stopwatch.settled(event);
  }

  /** Whether FinerWorks has what the event asks for, or said so. */
  isDone(event: ProducedEvent): boolean {
    if (event.invalid !== undefined) return false;
    return this.#evidence.values.isSettled(event) || this.#unseen.has(event);
  }
}
