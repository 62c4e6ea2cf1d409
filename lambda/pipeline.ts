import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { ReadEvent } from './contract/image-event.ts';
import type { Answer } from './finerworks/answer.ts';
import { batch } from './finerworks/batch.ts';
import type { Call, CallLimits } from './finerworks/call.ts';
import { deliver } from './finerworks/deliver.ts';
import { coalesce } from './images/coalesce.ts';
import { deadLetter, type SendDeadLetters } from './queue/dead-lettering.ts';
import type { Occasion } from './queue/failure.ts';
import { recordsOf } from './queue/lambda-event.ts';
import { read } from './queue/reading.ts';
import { type Settlement, settle } from './queue/settle.ts';

/** Everything that reaches outside the flow, so that the whole of it runs in a simulation. */
export interface Surroundings {
  readonly limits: CallLimits;
  readonly readEvent: ReadEvent;
  readonly send: (call: Call) => Promise<Answer>;
  readonly sendDeadLetters: SendDeadLetters;
}

/** What an invocation did: the answer to Lambda, and what logs and metrics tell. */
export interface Outcome {
  readonly response: SQSBatchResponse;
  readonly settlements: readonly Settlement[];
  readonly figures: Figures;
}

export interface Figures {
  /** Images that FinerWorks confirmed. */
  readonly images: number;
  /** Changes that needed no image of their own in a call, because a newer one stands for them. */
  readonly coalesced: number;
  /** Calls sent. */
  readonly calls: number;
}

/**
 * The whole flow: records in, a verdict for each record out.
 *
 * @throws when the event is no batch of a standard queue, or by a defect outside any single record
 *   or call: then the invocation fails and every record comes back
 */
export async function run(
  event: SQSEvent,
  surroundings: Surroundings,
  occasion: Occasion,
): Promise<Outcome> {
  const readings = recordsOf(event).map((record) => read(record, surroundings.readEvent));
  const changes = readings.flatMap((reading) => reading.changes);
  const updates = coalesce(changes);
  const calls = batch(updates, surroundings.limits);
  const delivery = await deliver(calls, surroundings.send);
  const settled = settle(readings, delivery.verdicts);
  const settlements = await deadLetter(settled, surroundings.sendDeadLetters, occasion);
  const applied = [...delivery.verdicts.values()].filter(({ kind }) => kind === 'applied');
  return {
    response: { batchItemFailures: returned(settlements) },
    settlements,
    figures: {
      images: applied.length,
      coalesced: changes.length - updates.length,
      calls: delivery.calls,
    },
  };
}

/** Lambda deletes every record that is not named here (AWS: Lambda with SQS, error handling). */
function returned(settlements: readonly Settlement[]): SQSBatchResponse['batchItemFailures'] {
  const ids = settlements.flatMap(({ reading, verdict }) =>
    verdict.kind === 'retry' ? [reading.record.messageId] : [],
  );
  return [...new Set(ids)].map((itemIdentifier) => ({ itemIdentifier }));
}
