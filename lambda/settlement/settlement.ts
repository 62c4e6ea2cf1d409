import type { Clock } from '../general/clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { MessageNotes } from '../records/message-notes.ts';
import { type Explain, explained, type ParsedRecord } from '../records/parse-record.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type * as deadLettering from './dead-lettering.ts';
import { changesGivenUp, giveUpExhausted } from './exhaustion.ts';
import { returnLaterOfGroup } from './fifo.ts';
import { type RecordOutcome, settle } from './settle.ts';
import { type PostponementDependencies, postpone } from './visibility.ts';

/** What records are settled with. */
export interface SettlementDependencies
  extends deadLettering.DeadLetterDependencies,
    Pick<PostponementDependencies, 'changeVisibility' | 'random'> {
  readonly clock: Clock;
  readonly explain: Explain;
  /** Most batches have no rejected record, and no cold start waits for this (docs/benchmarks.md). */
  readonly loadDeadLettering: () => Promise<typeof deadLettering>;
}

/** What is known of the invocation whose records are settled. */
interface SettledInvocation {
  readonly requestId: string;
  readonly ledger: Ledger;
  readonly registry: VerdictRegistry;
  readonly notes: MessageNotes;
}

/** Settles the records of one invocation: each is acknowledged, dead-lettered, or goes back to the queue. */
export class Settlement {
  readonly #dependencies: SettlementDependencies;
  readonly #invocation: SettledInvocation;
  readonly #outcomes: RecordOutcome[] = [];
  #notPostponed = 0;

  constructor(dependencies: SettlementDependencies, invocation: SettledInvocation) {
    this.#dependencies = dependencies;
    this.#invocation = invocation;
  }

  /** Of every record so far, in the order in which they were settled. */
  get outcomes(): readonly RecordOutcome[] {
    return this.#outcomes;
  }

  /** Records that went back and could not be hidden for their time. */
  get notPostponed(): number {
    return this.#notPostponed;
  }

  /** Settles delivered records. Nothing of that is lost if the process dies right after. */
  async settle(parsedRecords: readonly ParsedRecord[]): Promise<RecordOutcome[]> {
    const outcomes = await this.#deadLetter(
      await explained(parsedRecords, this.#dependencies.explain),
    );
    await this.#invocation.notes.save(outcomes);
    await this.#postpone(outcomes);
    return outcomes;
  }

  /** Settles records that were not read. Without a note they stay as suspected as before. */
  async settleUnread(parsedRecords: readonly ParsedRecord[]): Promise<void> {
    await this.#postpone(await this.#deadLetter(parsedRecords));
  }

  /** Settles records that ask for nothing at FinerWorks, and never go back. */
  settleAnswered(parsedRecords: readonly ParsedRecord[]): void {
    this.#outcomes.push(...settle(parsedRecords, this.#invocation.registry));
  }

  /** Rejects records that have no retry left, then sends all rejected ones to the dead-letter queue. */
  async #deadLetter(parsedRecords: readonly ParsedRecord[]): Promise<RecordOutcome[]> {
    const { limits, clock, loadDeadLettering } = this.#dependencies;
    const { registry, notes, ledger, requestId } = this.#invocation;
    const now = clock.now();
    const decided = giveUpExhausted(settle(parsedRecords, registry), limits, notes, now);
    const context = { now, requestId };
    const deadLettered = decided.some(({ verdict }) => verdict.kind === 'rejected')
      ? await (await loadDeadLettering()).deadLetter(decided, this.#dependencies, context)
      : decided;
    const outcomes = returnLaterOfGroup(deadLettered, this.#outcomes);
    this.#outcomes.push(...outcomes);
    await ledger.abandon(changesGivenUp(outcomes));
    return outcomes;
  }

  async #postpone(outcomes: readonly RecordOutcome[]): Promise<void> {
    const now = this.#dependencies.clock.now();
    const dependencies = { ...this.#dependencies, notes: this.#invocation.notes, now };
    this.#notPostponed += await postpone(outcomes, dependencies);
  }
}
