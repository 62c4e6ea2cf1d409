import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ahead } from './ahead.ts';
import type { Clock, Random } from './clock.ts';
import { batch } from './finerworks/batch.ts';
import type { CallLimits } from './finerworks/call.ts';
import type { FinerWorks } from './finerworks/client.ts';
import { type DeliveryFigures, deliver } from './finerworks/deliver.ts';
import { guardInventory } from './finerworks/guard-inventory.ts';
import { InventoryGuard } from './finerworks/inventory-guard.ts';
import type { IsolationLimits } from './finerworks/investigation.ts';
import type { KeysOf } from './finerworks/key-ring.ts';
import { Outstanding } from './finerworks/outstanding.ts';
import type { Pace } from './finerworks/pace.ts';
import { type InvocationKeys, Sender, type SenderFigures } from './finerworks/sender.ts';
import { Intake } from './intake.ts';
import { timeForCalls } from './invocation-time.ts';
import type { LedgerFigures } from './ledger/ledger.ts';
import { type LedgerSettings, openLedger } from './ledger/open-ledger.ts';
import type { LedgerStore } from './ledger/store.ts';
import { deadLetter } from './queue/dead-lettering.ts';
import { changesGivenUp, giveUpExhausted } from './queue/exhaustion.ts';
import { returnLaterOfGroup } from './queue/fifo.ts';
import { inFreshOrder } from './queue/fresh-order.ts';
import { recordsOf } from './queue/lambda-event.ts';
import { type ReadingSurroundings, read } from './queue/reading.ts';
import { type Settlement, settle } from './queue/settle.ts';
import type { Queues } from './queue/sqs.ts';
import { postpone } from './queue/visibility.ts';
import { VerdictBook } from './verdicts/verdict-book.ts';

/** Everything that reaches outside the flow, so that the whole of it runs in a simulation. */
export interface Surroundings extends Queues, FinerWorks {
  readonly clock: Clock;
  readonly random: Random;
  readonly readEvent: ReadingSurroundings['readEvent'];
  readonly keys: InvocationKeys;
  /** The keys by account. */
  readonly keysOf?: KeysOf;
  readonly pace: Pace;
  /** Undefined where the setting `ledger` is off. */
  readonly ledger: LedgerStore | undefined;
  readonly limits: Limits;
}

type Limits = CallLimits &
  IsolationLimits &
  LedgerSettings &
  ReadingSurroundings['limits'] & {
    readonly maxReceiveCount: number;
    readonly virtualInventory: 'protect' | 'remove';
  };

/** The invocation that a batch is processed in. */
export interface Invocation {
  /** Unlike any other; 8 to 50 characters. */
  readonly requestId: string;
  /** Milliseconds until Lambda ends it. */
  readonly remainingMilliseconds: number;
}

/** What an invocation did: the answer to Lambda, and what logs and metrics tell. */
export interface Outcome {
  readonly response: SQSBatchResponse;
  readonly settlements: readonly Settlement[];
  readonly figures: Readonly<Record<Figure, number>>;
}

/**
 * `coalesced` counts changes that needed no image of their own in a call, because a newer one of
 * the batch stands for them; `superseded` and `unchanged` those that the ledger or a look at the
 * inventory settled; `notPostponed` returned records whose visibility could not be set.
 */
export type Figure =
  | keyof SenderFigures
  | keyof DeliveryFigures
  | keyof LedgerFigures
  | 'coalesced'
  | 'superseded'
  | 'unchanged'
  | 'notPostponed';

/**
 * The whole flow: records in, a verdict for each record out.
 *
 * @throws when the event is no batch of an SQS queue, or by a defect outside any single record
 *   or call: then the invocation fails and every record comes back
 */
export async function run(
  event: SQSEvent,
  surroundings: Surroundings,
  invocation: Invocation,
): Promise<Outcome> {
  const { limits, clock, random } = surroundings;
  const { requestId } = invocation;
  const book = new VerdictBook();
  const ledger = openLedger(surroundings, invocation);
  const sender = senderOf(surroundings, invocation);

  const readings = recordsOf(event).map((record) => read(record, surroundings));
  const changes = readings.flatMap((reading) => reading.changes);
  const images = [...Map.groupBy(changes, ({ guid }) => guid).values()];
  const intake = new Intake(ledger, sender, book);
  const admitted = intake.admit(inFreshOrder(images, readings, random));
  const onDecided = (guids: readonly string[]) => ledger.settle(guids, book, sender.exposure);
  const allowed =
    limits.virtualInventory === 'protect'
      ? guardInventory(ahead(admitted), new InventoryGuard(sender, book, requestId), onDecided)
      : admitted;
  const outstanding = new Outstanding();
  const calls = ahead(batch(outstanding.count(allowed), limits));
  const delivery = { sender, book, limits, outstanding, onDecided };
  const deliveryFigures = await deliver(calls, delivery);
  await onDecided(ledger.held());

  const decided = giveUpExhausted(settle(readings, book), limits.maxReceiveCount);
  const occasion = { now: clock.now(), requestId };
  const deadLettered = await deadLetter(decided, surroundings.sendDeadLetters, occasion);
  const settlements = returnLaterOfGroup(deadLettered);
  await ledger.giveUp(changesGivenUp(settlements));
  const notPostponed = await postpone(settlements, surroundings.changeVisibility, random);

  const kinds = changes.map((change) => book.kindOf(change));
  return {
    response: { batchItemFailures: returned(settlements) },
    settlements,
    figures: {
      ...sender.figures,
      ...deliveryFigures,
      ...ledger.figures,
      ...intake.figures,
      superseded: kinds.filter((kind) => kind === 'superseded').length,
      unchanged: kinds.filter((kind) => kind === 'unchanged').length,
      notPostponed,
    },
  };
}

function senderOf(surroundings: Surroundings, { remainingMilliseconds }: Invocation): Sender {
  const now = surroundings.clock.now();
  return new Sender({
    ...surroundings,
    deadline: now + timeForCalls(remainingMilliseconds),
    pace: surroundings.pace.forInvocation(),
    callTimeout: surroundings.limits.callTimeoutSeconds * 1_000,
  });
}

/** Lambda deletes every record that is not named here (AWS: Lambda with SQS, error handling). */
function returned(settlements: readonly Settlement[]): SQSBatchResponse['batchItemFailures'] {
  const ids = settlements.flatMap(({ reading, verdict }) =>
    verdict.kind === 'retry' ? [reading.record.messageId] : [],
  );
  return [...new Set(ids)].map((itemIdentifier) => ({ itemIdentifier }));
}
