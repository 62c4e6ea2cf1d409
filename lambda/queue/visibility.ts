import type { ChangeMessageVisibilityBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { Random } from '../clock.ts';
import type { Retried } from '../verdicts/verdict.ts';
import { type BatchRequest, requestInBatches } from './batch-requests.ts';
import { receivesOf } from './reading.ts';
import type { Settlement } from './settle.ts';

/** First delay and longest, in seconds. */
const BASE = 30;
const CAP = 900;
/** Where only another invocation is in the way, which as a rule is done within seconds. */
const BUSY_BASE = 5;
/**
 * A message is hidden for at most 12 hours from its receipt (AWS: ChangeMessageVisibility). The
 * receipt is past by the batching window and the function's time: 20 minutes at most.
 */
const LONGEST = 12 * 3_600 - 1_200;

export type VisibilityEntry = ChangeMessageVisibilityBatchRequestEntry & { readonly Id: string };

/** Changes visibility time-outs; returns the ids that the queue confirmed. */
export type ChangeVisibility = BatchRequest<VisibilityEntry>;

/**
 * How long a returned record stays hidden: 30 s (5 s for `Busy`) doubling to 15 min by its
 * receives, of which half is certain and half is chance, so that what failed together does not come
 * back together. What FinerWorks asks for is the least; what stands in the way for a known time
 * only is the most.
 *
 * @param receives how often the record was received, this time included
 * @returns whole seconds
 */
export function delaySeconds(receives: number, verdict: Retried, random: Random): number {
  const base = verdict.reason === 'Busy' ? BUSY_BASE : BASE;
  const full = Math.min(CAP, base * 2 ** Math.min(receives - 1, 10));
  const jittered = Math.ceil(full / 2 + random() * (full / 2));
  const { retryAfterSeconds = 0, retryWithinSeconds = LONGEST } = verdict;
  return Math.min(LONGEST, Math.max(Math.min(jittered, retryWithinSeconds), retryAfterSeconds));
}

/**
 * Hides every returned record for its own time. Only a nicety: a record whose time could not be
 * set comes back after the queue's visibility time-out.
 *
 * @returns how many records could not be hidden
 */
export async function postpone(
  settlements: readonly Settlement[],
  changeVisibility: ChangeVisibility,
  random: Random,
): Promise<number> {
  const entries = settlements.flatMap(({ reading, verdict }, position) => {
    if (verdict.kind !== 'retry') return [];
    return [
      {
        Id: String(position),
        ReceiptHandle: reading.record.receiptHandle,
        VisibilityTimeout: delaySeconds(receivesOf(reading), verdict, random),
      },
    ];
  });
  // The bytes of a batch count for messages only; receipt handles stay far below them.
  const failures = await requestInBatches<VisibilityEntry>(entries, () => 0, changeVisibility);
  return failures.size;
}
