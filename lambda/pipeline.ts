import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { Delivery, type DeliveryLimits } from './delivery/delivery.ts';
import { Sender, type SenderFigures } from './delivery/sender.ts';
import type { EvidenceStore } from './evidence/evidence-store.ts';
import type { FinerWorks } from './finerworks/client.ts';
import type { Clock, Random } from './general/clock.ts';
import type { Heartbeats, Taken } from './heartbeat/heartbeat.ts';
import type { KeysOf } from './lanes/key-sets.ts';
import { Lanes } from './lanes/lanes.ts';
import type { SandboxMemory } from './lanes/sandbox-memory.ts';
import type { Ledger, LedgerFigures } from './ledger/ledger.ts';
import { type LedgerSettings, openLedger } from './ledger/open-ledger.ts';
import type { LedgerStore } from './ledger/store.ts';
import type { Queues } from './queue/sqs.ts';
import { inFreshOrder } from './records/fresh-order.ts';
import { recordsOf } from './records/lambda-event.ts';
import { MessageNotes } from './records/message-notes.ts';
import {
  type ParsedRecord,
  type ParsingDependencies,
  parseRecord,
  unparsedRecord,
} from './records/parse-record.ts';
import { sortSuspects } from './records/suspects.ts';
import { timeForCalls } from './runtime/invocation-time.ts';
import { deleteDone } from './settlement/deletion.ts';
import type { ExhaustionLimits } from './settlement/exhaustion.ts';
import { type RecordOutcome, returnedIds } from './settlement/settle.ts';
import { Settlement, type SettlementDependencies } from './settlement/settlement.ts';
import { shortenVisibility } from './settlement/visibility.ts';
import type { Verdict } from './verdicts/verdict.ts';
import { VerdictRegistry } from './verdicts/verdict-registry.ts';
import type { RewrittenText } from './verification/rewritten-text.ts';

/** Everything outside the flow, so that the whole flow runs in a simulation. */
export interface Dependencies extends Queues, FinerWorks, SettlementDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly readEvent: ParsingDependencies['readEvent'];
  readonly keys: KeysOf;
  readonly memory: SandboxMemory;
  /** Undefined where the setting `ledger` is off. */
  readonly ledger: LedgerStore | undefined;
  readonly evidence: EvidenceStore;
  readonly limits: Limits;
}

type Limits = DeliveryLimits &
  LedgerSettings &
  ExhaustionLimits &
  ParsingDependencies['limits'] & { readonly maxRetryAfterSeconds: number };

/** The invocation that a batch is processed in. */
export interface Invocation {
  /** Unique; 8 to 50 characters. */
  readonly requestId: string;
  /** Milliseconds until Lambda ends it. */
  readonly remainingMilliseconds: number;
}

/** What an invocation did: the response to Lambda, and the content of logs and metrics. */
export interface InvocationResult {
  readonly response: SQSBatchResponse;
  readonly outcomes: readonly RecordOutcome[];
  readonly figures: Readonly<Record<Figure, number>>;
  /** Images of the batch that make calls fail, alone, while others of their account go through. */
  readonly failing: ReadonlySet<string>;
  /** A text that FinerWorks was seen to store as another one, the first of all. */
  readonly rewritten: RewrittenText | undefined;
  /** Undefined where the batch has none. */
  readonly heartbeats: Heartbeats | undefined;
}

/**
 * `coalesced` counts changes that a newer one of the batch stands for; `superseded` and `unchanged` those
 * that the ledger or the preflight settled; `verified`, `rewritten`, `notTaken`, `unverifiable` (not
 * listed) and `unverified` (the list failed) images that were to be read back; `callSize` is how many
 * images go into a call; `notPostponed` counts returned records whose visibility could not be set;
 * `refusedImages` is how many images of one account were refused since anything of it was taken, of the
 * account with the most.
 */
export type Figure =
  | keyof SenderFigures
  | keyof Delivery['figures']
  | keyof LedgerFigures
  | 'superseded'
  | 'unchanged'
  | 'notPostponed'
  | 'refusedImages';

/**
 * The whole flow: records in, a verdict for each record out.
 *
 * @throws where the event is no batch of an SQS queue, and for defects outside of any single record or
 *   call: the invocation then fails and every record comes back
 */
export async function run(
  event: SQSEvent,
  dependencies: Dependencies,
  invocation: Invocation,
): Promise<InvocationResult> {
  const records = recordsOf(event);
  const startedAt = dependencies.clock.now();
  const notes = await MessageNotes.load(dependencies.evidence, records, startedAt);
  return new Run(dependencies, { ...invocation, startedAt }, notes).run(records);
}

/** One invocation's run. */
class Run {
  readonly #dependencies: Dependencies;
  readonly #invocation: Invocation;
  readonly #notes: MessageNotes;
  readonly #endsAt: number;
  readonly #ledger: Ledger;
  readonly #sender: Sender;
  readonly #registry = new VerdictRegistry();
  readonly #delivery: Delivery;
  readonly #settlement: Settlement;

  constructor(
    dependencies: Dependencies,
    invocation: Invocation & { readonly startedAt: number },
    notes: MessageNotes,
  ) {
    const { limits, memory, evidence } = dependencies;
    const { remainingMilliseconds, requestId, startedAt } = invocation;
    this.#dependencies = dependencies;
    this.#invocation = invocation;
    this.#notes = notes;
    this.#endsAt = startedAt + remainingMilliseconds;
    this.#ledger = openLedger(dependencies, invocation);
    const bounds = {
      deadline: startedAt + timeForCalls(remainingMilliseconds),
      callTimeout: limits.callTimeoutSeconds * 1_000,
    };
    this.#sender = new Sender({ ...dependencies, ...bounds }, new Lanes(memory, evidence));
    const flow = { ledger: this.#ledger, registry: this.#registry, requestId };
    this.#delivery = new Delivery({ ...dependencies, ...flow, sender: this.#sender });
    this.#settlement = new Settlement(dependencies, { ...flow, notes });
  }

  async run(records: readonly SQSRecord[]): Promise<InvocationResult> {
    const taken = await this.#takeHeartbeats(records);
    const { sound, suspected, deadly } = sortSuspects(taken?.events ?? records, this.#notes);
    const outcomes = await this.#process([
      ...sound.map((record) => parseRecord(record, this.#dependencies)),
      ...deadly.map((record) => unparsedRecord(record, CRASHED)),
    ]);
    if (suspected.length > 0) {
      await deleteDone(outcomes, this.#dependencies.deleteMessages);
      await this.#processSuspected(suspected);
    }
    const heartbeats = await taken?.answered;
    const answered = (taken?.heartbeats ?? []).map((record) => unparsedRecord(record, ANSWERED));
    this.#settlement.settleAnswered(answered);
    if (!this.#notes.isStalled) await this.#sender.lanes.share(this.#dependencies.clock.now());
    return this.#result(heartbeats);
  }

  /** Answers heartbeats beside the events. Their code is loaded with the first: most deployments have none. */
  async #takeHeartbeats(records: readonly SQSRecord[]): Promise<Taken | undefined> {
    if (!records.some(mayBeHeartbeat)) return undefined;
    const { takeHeartbeats } = await import('./heartbeat/heartbeat.ts');
    return takeHeartbeats(records, this.#sender, this.#invocation.requestId);
  }

  /** Delivers and settles parsed records. Nothing of that is lost if the process dies right after. */
  async #process(parsedRecords: readonly ParsedRecord[]): Promise<RecordOutcome[]> {
    const { random } = this.#dependencies;
    const changes = parsedRecords.flatMap((parsed) => parsed.changes);
    const images = [...Map.groupBy(changes, ({ guid }) => guid).values()];
    await this.#delivery.deliver(inFreshOrder(images, parsedRecords, random));
    return this.#settlement.settle(parsedRecords);
  }

  /**
   * Processes records that may kill the process, a few at a time. If that happens, all of them come back
   * soon; records that are done are deleted before the next few begin.
   */
  async #processSuspected(chunks: readonly (readonly SQSRecord[])[]): Promise<void> {
    const { clock, changeVisibility, deleteMessages } = this.#dependencies;
    const seconds = (this.#endsAt - clock.now()) / 1_000;
    await shortenVisibility(chunks.flat(), seconds, changeVisibility);
    for (const chunk of chunks) {
      const { outOfTime } = this.#sender.scheduler;
      if (outOfTime === undefined && (await this.#notes.begin(chunk, this.#endsAt))) {
        const done = await this.#process(
          chunk.map((record) => parseRecord(record, this.#dependencies)),
        );
        await deleteDone(done, deleteMessages);
        continue;
      }
      const verdict = outOfTime ?? UNTOUCHED;
      await this.#settlement.settleUnread(chunk.map((record) => unparsedRecord(record, verdict)));
    }
  }

  #result(heartbeats: Heartbeats | undefined): InvocationResult {
    const { outcomes, notPostponed } = this.#settlement;
    const changes = outcomes.flatMap(({ parsed }) => parsed.changes);
    const kinds = changes.map((change) => this.#registry.kindOf(change));
    const { clock, memory } = this.#dependencies;
    const failing = changes.filter(({ guid }) => memory.troubles.failsAlone(guid));
    return {
      response: { batchItemFailures: returned(outcomes) },
      outcomes,
      rewritten: this.#delivery.rewritten,
      heartbeats,
      failing: new Set(failing.map(({ guid }) => guid)),
      figures: {
        ...this.#sender.figures,
        ...this.#delivery.figures,
        ...this.#ledger.figures,
        superseded: kinds.filter((kind) => kind === 'superseded').length,
        unchanged: kinds.filter((kind) => kind === 'unchanged').length,
        notPostponed,
        refusedImages: this.#sender.lanes.mostRefused(clock.now()),
      },
    };
  }
}

/** Heartbeats are short, and hold little else than this word. */
function mayBeHeartbeat({ body }: SQSRecord): boolean {
  return body.length < 200 && body.includes('"heartbeat"');
}

const ANSWERED: Verdict = { kind: 'unchanged' };

const CRASHED: Verdict = {
  kind: 'rejected',
  reason: 'RetriesExhausted',
  detail:
    'not read again: each time that the function began with it, the last times with it alone, the process died',
  lastReason: 'Crashed',
};

const UNTOUCHED: Verdict = {
  kind: 'retry',
  reason: 'Deferred',
  detail: 'the process may have died of it, and the ledger could not note that it begins again',
};

/** Lambda deletes every record that is not named here (AWS: Lambda with SQS, error handling). */
function returned(outcomes: readonly RecordOutcome[]): SQSBatchResponse['batchItemFailures'] {
  return [...returnedIds(outcomes)].map((itemIdentifier) => ({ itemIdentifier }));
}
