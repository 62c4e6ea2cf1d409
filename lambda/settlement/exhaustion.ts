import type { SQSRecord } from 'aws-lambda';
import type { Change } from '../images/change.ts';
import type { MessageNotes } from '../records/message-notes.ts';
import { receivesOf } from '../records/parse-record.ts';
import type { Rejected, Retried } from '../verdicts/verdict.ts';
import type { RecordOutcome } from './settle.ts';

const HOUR = 3_600_000;
/** The longest delay of a record, however often it failed (visibility.ts); in milliseconds. */
const LONGEST_DELAY = 900_000;
/** For the time of invocations and for busy pollers; with a short retention only a part of that. */
const MARGIN = HOUR;
const MAX_OF_RETENTION = 0.25;

export interface ExhaustionLimits {
  /** Of the queue's redrive policy. */
  readonly maxReceiveCount: number;
  /** Hours after its first receive when a record that still fails is given up. */
  readonly retryHours: number;
  /** Hours that the queue keeps a message. */
  readonly retentionHours: number;
}

/**
 * Gives up records that would be retried: at the last receive that the queue's redrive policy permits,
 * since SQS would move the record next; after `retryHours`; and before the queue would silently drop it
 * (AWS: SQS, message retention period). So only a crash leads to a dead letter without a reason.
 *
 * @param now milliseconds since 1970
 */
export function giveUpExhausted(
  outcomes: readonly RecordOutcome[],
  limits: ExhaustionLimits,
  notes: MessageNotes,
  now: number,
): RecordOutcome[] {
  // A batch can hold one message twice, with one more receive the second time: the last receive of one
  // is the last of both.
  const receivesById = new Map<string, number>();
  for (const { parsed } of outcomes) {
    const { messageId } = parsed.record;
    const receives = receivesOf(parsed.record);
    receivesById.set(messageId, Math.max(receivesById.get(messageId) ?? 0, receives));
  }
  return outcomes.map((outcome) => {
    const { parsed, verdict } = outcome;
    if (verdict.kind !== 'retry') return outcome;
    const receives = receivesById.get(parsed.record.messageId) ?? 0;
    const why = whyNoFurther(parsed.record, limits, now, { ...verdict, receives });
    return why === undefined
      ? outcome
      : { parsed, verdict: exhausted(why, verdict, outcome, notes) };
  });
}

/**
 * Why a record must not go back to the queue any more; undefined where it may.
 *
 * @param now milliseconds since 1970
 */
export function whyNoFurther(
  record: SQSRecord,
  { maxReceiveCount, retryHours, retentionHours }: ExhaustionLimits,
  now: number,
  { receives = receivesOf(record), retryAfterSeconds = 0 } = {},
): string | undefined {
  if (receives >= maxReceiveCount) return `receive ${receives} of ${maxReceiveCount}`;
  const { SentTimestamp, ApproximateFirstReceiveTimestamp } = record.attributes;
  const triedFor = now - Number(ApproximateFirstReceiveTimestamp);
  if (triedFor >= retryHours * HOUR) return `${Math.floor(triedFor / HOUR)} hours of retries`;
  const left = Number(SentTimestamp) + retentionHours * HOUR - now;
  const delay = Math.max(LONGEST_DELAY, retryAfterSeconds * 1_000);
  // After the next receive, there must be time for at least one more.
  const needed = Math.min(2 * delay + MARGIN, retentionHours * HOUR * MAX_OF_RETENTION);
  if (left >= needed) return undefined;
  return `the last receive before the queue would drop it after ${retentionHours} hours`;
}

function exhausted(
  why: string,
  verdict: Retried,
  { parsed }: RecordOutcome,
  notes: MessageNotes,
): Rejected {
  const { reason, detail } = notes.causeOf(parsed.record, verdict);
  return {
    kind: 'rejected',
    reason: 'RetriesExhausted',
    detail: `${why} ended with ${reason}: ${detail}`,
    lastReason: reason,
  };
}

/** The changes of records that were given up, once the dead-letter queue has them. */
export function changesGivenUp(outcomes: readonly RecordOutcome[]): Change[] {
  return outcomes.flatMap(({ parsed, verdict }) =>
    verdict.kind === 'rejected' && verdict.reason === 'RetriesExhausted' ? parsed.changes : [],
  );
}
