import type { ChangeMessageVisibilityBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { Random } from '../general/clock.ts';
import { type BatchRequest, requestInBatches } from '../queue/batch-requests.ts';
import type { MessageNotes } from '../records/message-notes.ts';
import { receivesOf } from '../records/parse-record.ts';
import { isUntried, type Retried } from '../verdicts/verdict.ts';
import type { RecordOutcome } from './settle.ts';

/** First delay and longest, in seconds. */
const BASE = 30;
const CAP = 900;
/** In seconds, where a newer change must be decided first: that may happen at any moment. */
const BUSY_BASE = 5;
/** The most seconds added, at random, where many records must wait for the same time. */
const MAX_SPREAD = 15;
/** For records that were not tried, in seconds: the cause is over soon. */
const UNTRIED = 10;
/**
 * A message is hidden for at most 12 hours from its receipt (AWS: ChangeMessageVisibility). By now the
 * batching window and the function have taken up to 20 minutes of that.
 */
const LONGEST = 12 * 3_600 - 1_200;

/** How often, and for how long, a record may be received. */
export interface ReceiveBudget {
  readonly maxReceiveCount: number;
  readonly retryHours: number;
}

/** Dependencies of {@link postpone}. */
export interface PostponementDependencies {
  readonly changeVisibility: ChangeVisibility;
  readonly notes: MessageNotes;
  readonly random: Random;
  readonly limits: ReceiveBudget;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type VisibilityEntry = ChangeMessageVisibilityBatchRequestEntry & { readonly Id: string };

/** Changes visibility timeouts; returns the ids that the queue confirmed. */
export type ChangeVisibility = BatchRequest<VisibilityEntry>;

/**
 * How long a returned record stays hidden: 5 to 10 s where it was not tried; else 30 s (5 s for `Busy`),
 * doubled with each failure up to 15 min. Half of that is fixed and half is random, so that records that
 * failed together do not come back together. It is at least what FinerWorks asks for, and at most
 * `retryWithinSeconds`.
 *
 * @param failures how often a call for it failed, this time included; 0 or more
 * @returns whole seconds
 */
export function delaySeconds(failures: number, verdict: Retried, random: Random): number {
  const base = verdict.reason === 'Busy' ? BUSY_BASE : BASE;
  const doubled = Math.min(CAP, base * 2 ** Math.min(Math.max(0, failures - 1), 10));
  const full = isUntried(verdict) ? UNTRIED : doubled;
  const jitter = random() * (full / 2);
  const { retryAfterSeconds = 0, retryWithinSeconds = LONGEST } = verdict;
  const hidden = Math.min(Math.ceil(full / 2 + jitter), Math.max(1, retryWithinSeconds));
  // Otherwise all records that FinerWorks asked to wait would come back at once.
  const spread = Math.min(jitter, MAX_SPREAD);
  const asked = retryAfterSeconds > 0 ? Math.ceil(retryAfterSeconds + spread) : 0;
  return Math.min(LONGEST, Math.max(hidden, asked));
}

/**
 * How long a record that was not tried stays hidden at least. Once half of its receives are used, the
 * rest must last as long as it may be retried.
 *
 * @returns seconds; 0 while it has enough receives
 */
export function sparingSeconds(
  record: SQSRecord,
  { maxReceiveCount, retryHours }: ReceiveBudget,
  now: number,
): number {
  const receives = receivesOf(record);
  if (receives <= maxReceiveCount / 2) return 0;
  const first = Number(record.attributes.ApproximateFirstReceiveTimestamp);
  const left = (first - now) / 1_000 + retryHours * 3_600 + CAP;
  return Math.ceil(Math.min(CAP, Math.max(0, left / (maxReceiveCount - receives + 1))));
}

/**
 * Hides every returned record for its own time. If that fails, the record comes back after the queue's
 * visibility timeout.
 *
 * @returns how many records could not be hidden
 */
export async function postpone(
  outcomes: readonly RecordOutcome[],
  { changeVisibility, notes, random, limits, now }: PostponementDependencies,
): Promise<number> {
  const entries = outcomes.flatMap(({ parsed: { record }, verdict }, position) => {
    if (verdict.kind !== 'retry') return [];
    const delay = delaySeconds(notes.failuresWith(record, verdict), verdict, random);
    const least = isUntried(verdict) ? sparingSeconds(record, limits, now) : 0;
    const VisibilityTimeout = Math.max(delay, least);
    return [{ Id: String(position), ReceiptHandle: record.receiptHandle, VisibilityTimeout }];
  });
  const failures = await requestInBatches<VisibilityEntry>(entries, changeVisibility);
  return failures.size;
}

/**
 * Lets records come back after so many seconds if the process dies. Never throws: if it fails, they come
 * back after the queue's own visibility timeout.
 */
export async function shortenVisibility(
  records: readonly SQSRecord[],
  seconds: number,
  changeVisibility: ChangeVisibility,
): Promise<void> {
  const VisibilityTimeout = Math.max(1, Math.ceil(seconds));
  const entries = records.map(({ receiptHandle }, position) => ({
    Id: String(position),
    ReceiptHandle: receiptHandle,
    VisibilityTimeout,
  }));
  await requestInBatches<VisibilityEntry>(entries, changeVisibility);
}
