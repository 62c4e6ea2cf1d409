import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Random } from './clock.ts';
import type { ReadEvent } from './contract/image-event.ts';
import { batch } from './finerworks/batch.ts';
import type { CallLimits } from './finerworks/call.ts';
import { type DeliveryFigure, type DeliverySurroundings, deliver } from './finerworks/deliver.ts';
import type { Update } from './images/change.ts';
import { coalesce } from './images/coalesce.ts';
import { shuffle } from './images/shuffle.ts';
import { deadLetter } from './queue/dead-lettering.ts';
import { giveUpExhausted } from './queue/exhaustion.ts';
import { recordsOf } from './queue/lambda-event.ts';
import { type Reading, read, receivesOf } from './queue/reading.ts';
import { type Settlement, settle } from './queue/settle.ts';
import type { Queues } from './queue/sqs.ts';
import { postpone } from './queue/visibility.ts';

/** Everything that reaches outside the flow, so that the whole of it runs in a simulation. */
export interface Surroundings extends DeliverySurroundings, Queues {
  readonly readEvent: ReadEvent;
  readonly limits: CallLimits &
    DeliverySurroundings['limits'] & { readonly maxReceiveCount: number };
}

/** The invocation that a batch is processed in. */
export interface Invocation {
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
 * `coalesced` counts changes that needed no image of their own in a call, because a newer one
 * stands for them; `notPostponed` returned records whose visibility could not be set.
 */
export type Figure = DeliveryFigure | 'coalesced' | 'notPostponed';

/** Kept free at the end for dead letters, visibility and the answer: two stalled AWS calls. */
const RESERVED_MILLISECONDS = 20_000;

/**
 * The whole flow: records in, a verdict for each record out.
 *
 * @throws when the event is no batch of a standard queue, or by a defect outside any single record
 *   or call: then the invocation fails and every record comes back
 */
export async function run(
  event: SQSEvent,
  surroundings: Surroundings,
  invocation: Invocation,
): Promise<Outcome> {
  const { limits, clock, random } = surroundings;
  const deadline = deadlineOf(clock.now(), invocation.remainingMilliseconds);

  const readings = recordsOf(event).map((record) => read(record, surroundings.readEvent));
  const changes = readings.flatMap((reading) => reading.changes);
  const updates = inFreshOrder(coalesce(changes), readings, random);
  const calls = batch(updates, limits);
  const { book, figures } = await deliver(calls, surroundings, deadline);

  const decided = giveUpExhausted(settle(readings, book), limits.maxReceiveCount);
  const occasion = { now: clock.now(), requestId: invocation.requestId };
  const settlements = await deadLetter(decided, surroundings.sendDeadLetters, occasion);
  const notPostponed = await postpone(settlements, surroundings.changeVisibility, random);

  const coalesced = changes.length - updates.length;
  return {
    response: { batchItemFailures: returned(settlements) },
    settlements,
    figures: { ...figures, coalesced, notPostponed },
  };
}

/**
 * What came back is sent in another order: where time or the budget ends an invocation, other
 * images must get their turn the next time, or some of a large event would never be sent.
 */
function inFreshOrder(updates: Update[], readings: readonly Reading[], random: Random): Update[] {
  const isRepeated = readings.some((reading) => receivesOf(reading) > 1);
  return isRepeated ? shuffle(updates, random) : updates;
}

/** When calls must have ended: the rest of the time is for dead letters, visibility and the answer. */
export function deadlineOf(now: number, remainingMilliseconds: number): number {
  // A function with little time at all still gets most of it for calls.
  return now + remainingMilliseconds - Math.min(RESERVED_MILLISECONDS, remainingMilliseconds / 4);
}

/** Lambda deletes every record that is not named here (AWS: Lambda with SQS, error handling). */
function returned(settlements: readonly Settlement[]): SQSBatchResponse['batchItemFailures'] {
  const ids = settlements.flatMap(({ reading, verdict }) =>
    verdict.kind === 'retry' ? [reading.record.messageId] : [],
  );
  return [...new Set(ids)].map((itemIdentifier) => ({ itemIdentifier }));
}
