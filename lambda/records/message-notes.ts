import type { SQSRecord } from 'aws-lambda';
import type { EvidenceStore, MessageNote } from '../evidence/evidence-store.ts';
import { errorName } from '../general/error-name.ts';
import { excerptOf } from '../general/excerpt.ts';
import type { RecordOutcome } from '../settlement/settle.ts';
import { isUntried, type Retried } from '../verdicts/verdict.ts';
import { receivesOf } from './parse-record.ts';

/** An item of the table has little room. */
const DETAIL_LENGTH = 200;
/** Receives since the last note that are suspicious: each return leaves a note. */
const SUSPICIOUS_RECEIVES = 2;

/** Sandboxes' clocks differ by less (AWS keeps them in step; no figure is promised). */
const CLOCK_MARGIN = 10_000;

/** Deaths after which a record is not processed again: in a batch, among a few, and twice alone. */
export const MAX_DEATHS = 4;

/**
 * The notes of earlier invocations on the messages that they returned. A message that came back without
 * a note may be the one that kills the process.
 */
export class MessageNotes {
  readonly #store: EvidenceStore;
  /** Undefined where they could not be read: then no message is suspected. */
  readonly #notes: ReadonlyMap<string, MessageNote> | undefined;
  readonly #minReceives: ReadonlyMap<string, number>;
  #isStalled = false;

  private constructor(
    store: EvidenceStore,
    notes: ReadonlyMap<string, MessageNote> | undefined,
    minReceives: ReadonlyMap<string, number>,
  ) {
    this.#store = store;
    this.#notes = notes;
    this.#minReceives = minReceives;
  }

  /** Reads the notes on messages that came back. Never throws. @param now milliseconds since 1970 */
  static async load(
    store: EvidenceStore,
    records: readonly SQSRecord[],
    now: number,
  ): Promise<MessageNotes> {
    // A batch can hold one message twice, with one more receive the second time.
    const receives = new Map<string, number>();
    for (const record of records) {
      const { messageId } = record;
      receives.set(messageId, Math.min(receives.get(messageId) ?? Infinity, receivesOf(record)));
    }
    const returned = [...receives].flatMap(([id, count]) => (count > 1 ? [id] : []));
    if (returned.length === 0) return new MessageNotes(store, new Map(), receives);
    const found = await store.loadNotes(returned).catch(() => undefined);
    const notes = found && [...found].map(([id, note]) => [id, asOf(now, note)] as const);
    return new MessageNotes(store, notes && new Map(notes), receives);
  }

  /** Whether the table did not answer in time: then no more requests are made. */
  get isStalled(): boolean {
    return this.#isStalled;
  }

  of(messageId: string): MessageNote | undefined {
    return this.#notes?.get(messageId);
  }

  /** How often the process died with the record; undefined where nothing suggests that. */
  deathsOf({ messageId }: SQSRecord): number | undefined {
    if (this.#notes === undefined) return undefined;
    const { begun = 0, until, receives = 0 } = this.#notes.get(messageId) ?? {};
    if (begun > 0 || until !== undefined) return begun;
    // Each return leaves a note: a receive without one never ended. Where notes are not shared, another
    // sandbox may have left it, and to process a record later could change the order.
    const unnoted = (this.#minReceives.get(messageId) ?? 0) - receives;
    return this.#store.isShared && unnoted >= SUSPICIOUS_RECEIVES ? 0 : undefined;
  }

  /** Why a record goes back; where no call was made for it this time, the cause of its last failed call. */
  causeOf({ messageId }: SQSRecord, verdict: Retried): Pick<MessageNote, 'reason' | 'detail'> {
    const note = this.of(messageId);
    const hasFailed = note !== undefined && note.failures > 0;
    return isUntried(verdict) && hasFailed ? note : verdict;
  }

  /** How often a call for the record failed, this time included. */
  failuresWith(record: SQSRecord, verdict: Retried): number {
    const before = this.of(record.messageId)?.failures ?? receivesOf(record) - 1;
    return before + Number(!isUntried(verdict));
  }

  /**
   * Notes that processing begins, so that a later invocation sees if it never ended.
   *
   * @param endsAt when the invocation ends at the latest, in milliseconds since 1970
   * @returns whether that is written
   */
  async begin(records: readonly SQSRecord[], endsAt: number): Promise<boolean> {
    const until = Math.ceil(endsAt);
    const notes = records.map((record): [string, MessageNote] => {
      const note = this.of(record.messageId);
      const { reason = 'Crashed', detail = '', failures = 0, begun = 0 } = note ?? {};
      const receives = receivesOf(record);
      return [record.messageId, { reason, detail, failures, begun: begun + 1, until, receives }];
    });
    return this.#store.saveNotes(new Map(notes)).then(
      () => true,
      () => false,
    );
  }

  /** Notes why records go back. Never throws: without a note they come last the next time. */
  async save(outcomes: readonly RecordOutcome[]): Promise<void> {
    const notes = new Map<string, MessageNote>();
    for (const { parsed, verdict } of outcomes) {
      if (verdict.kind !== 'retry') continue;
      const { messageId } = parsed.record;
      const { reason, detail } = this.causeOf(parsed.record, verdict);
      const failures = this.failuresWith(parsed.record, verdict);
      // A record that was not tried may still kill the process.
      const begun = isUntried(verdict) ? (this.of(messageId)?.begun ?? 0) : 0;
      const receives = receivesOf(parsed.record);
      const short = excerptOf(detail, DETAIL_LENGTH);
      notes.set(messageId, { reason, detail: short, failures, begun, receives });
    }
    if (notes.size === 0) return;
    const save = () => this.#store.saveNotes(notes);
    // Without the note it would look as if the process had died of the record.
    await save()
      .catch((error: unknown) => {
        // A stalled table would take as long again.
        this.#isStalled = errorName(error) === 'TimeoutError';
        return this.#isStalled ? undefined : save();
      })
      .catch(() => {});
  }
}

/**
 * A message can be received again while an invocation still processes it (AWS: SQS, at least once
 * delivery). That is not a death, but a reason to process it last.
 */
function asOf(now: number, { until = 0, ...note }: MessageNote): MessageNote {
  const isUnderWay = now < until - CLOCK_MARGIN;
  return isUnderWay ? { ...note, begun: note.begun - 1, until } : note;
}
