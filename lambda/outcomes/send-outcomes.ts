import pMap from 'p-map';
import { chunk } from '../general/chunk.ts';
import { errorName } from '../general/error-name.ts';
import type { Outcome } from './outcome.ts';

/** (AWS: EventBridge PutEvents; SNS PublishBatch) */
const MAX_ENTRIES = 10;
/**
 * Of all messages of a request to SNS (AWS: SNS PublishBatch). EventBridge took as much until January 2026,
 * and takes 1 MiB since.
 */
const MAX_BYTES = 262_144;
/** What EventBridge counts besides: source, type, time (AWS: EventBridge, event entry size). */
const BYTES_BESIDE = 200;
/** Requests under way at once: a full batch is 50 of them. */
const PARALLEL = 10;

/**
 * One request.
 *
 * @returns why outcomes were not taken, by their position: HTTP 200 says that of single ones
 */
export type SendOutcomes = (outcomes: readonly Outcome[]) => Promise<ReadonlyMap<number, string>>;

/** Where outcomes go. */
export interface OutcomePort {
  readonly send: SendOutcomes;
  /** Before what was not taken is sent again. */
  readonly pause: () => Promise<void>;
}

/**
 * Sends outcomes in batches, and once more those that were not taken.
 *
 * @returns those that were not taken then either, each with the reason; never throws
 */
export async function sendOutcomes(
  outcomes: readonly Outcome[],
  { send, pause }: OutcomePort,
): Promise<ReadonlyMap<Outcome, string>> {
  const refused = await sendBatches(outcomes, send);
  if (refused.size === 0) return refused;
  await pause();
  return sendBatches([...refused.keys()], send);
}

async function sendBatches(
  outcomes: readonly Outcome[],
  send: SendOutcomes,
): Promise<ReadonlyMap<Outcome, string>> {
  const batches = chunk(outcomes, { maxItems: MAX_ENTRIES, maxBytes: MAX_BYTES, sizeOf });
  const refused = await pMap(batches, (batch) => refusedOf(batch, send), { concurrency: PARALLEL });
  return new Map(refused.flat());
}

async function refusedOf(
  batch: readonly Outcome[],
  send: SendOutcomes,
): Promise<(readonly [Outcome, string])[]> {
  try {
    const reasons = await send(batch);
    return batch.flatMap((outcome, position) => {
      const reason = reasons.get(position);
      return reason === undefined ? [] : [[outcome, reason] as const];
    });
  } catch (error) {
    return batch.map((outcome) => [outcome, errorName(error)] as const);
  }
}

function sizeOf(outcome: Outcome): number {
  return Buffer.byteLength(JSON.stringify(outcome)) + BYTES_BESIDE;
}
