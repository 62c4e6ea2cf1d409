import type { InvocationResult } from '../pipeline.ts';
import { firstSendingOf } from '../records/origin.ts';
import type { RecordOutcome } from '../settlement/settle.ts';
import type { Rejection } from '../verdicts/reasons.ts';

/**
 * Counts that alarms watch, each for people who do something else about it. They are written in every
 * invocation, also as zero.
 */
export const ALARMED_COUNTS = [
  /** Records returned because keys are refused or can't be read, and readings of the secret that failed. */
  'KeyFailures',
  /** Records returned because a success changed nothing. */
  'ReturnedNotTaken',
  /** Records dead-lettered for what their producer wrote. */
  'InvalidEvents',
  /** Records dead-lettered because FinerWorks refuses their images, or fails on these images alone. */
  'FaultyImages',
  /** Records given up although no image of theirs is known to be the cause. */
  'RetriesExhausted',
] as const;
type AlarmedCount = (typeof ALARMED_COUNTS)[number];

/** Ages in seconds, of which the greatest matters: 0 where nothing was returned. */
export const ALARMED_AGES = [
  /** Of the oldest record that goes back, but for those whose images fail alone. */
  'ReturnedAge',
  /** Of the oldest record that goes back because its images fail alone. */
  'FailingAge',
] as const;
type AlarmedAge = (typeof ALARMED_AGES)[number];

type Outcomes = Pick<InvocationResult, 'outcomes' | 'failing'>;

/** Faults of none but the producer: everything that is known before FinerWorks is asked. */
const NOT_OF_PRODUCERS: ReadonlySet<Rejection> = new Set([
  'WouldRemoveInventory',
  'Refused',
  'RetriesExhausted',
]);

/** Counts what alarms watch. */
export function alarmedCounts({ outcomes, failing }: Outcomes): Record<AlarmedCount, number> {
  const counts = {
    KeyFailures: 0,
    ReturnedNotTaken: 0,
    InvalidEvents: 0,
    FaultyImages: 0,
    RetriesExhausted: 0,
  };
  for (const outcome of outcomes) {
    const counted = alarmOf(outcome, failing);
    if (counted !== undefined) counts[counted] += 1;
  }
  return counts;
}

function alarmOf(outcome: RecordOutcome, failing: Outcomes['failing']): AlarmedCount | undefined {
  const { verdict } = outcome;
  if (verdict.kind === 'rejected') {
    if (!NOT_OF_PRODUCERS.has(verdict.reason)) return 'InvalidEvents';
    if (verdict.reason === 'Refused') return 'FaultyImages';
    if (verdict.reason === 'WouldRemoveInventory') return undefined;
    return failsAlone(outcome, failing) ? 'FaultyImages' : 'RetriesExhausted';
  }
  if (verdict.kind !== 'retry') return undefined;
  if (verdict.reason === 'BadKeys') return 'KeyFailures';
  return verdict.reason === 'NotTaken' && !failsAlone(outcome, failing)
    ? 'ReturnedNotTaken'
    : undefined;
}

/**
 * How old the oldest record is that goes back, since its last sending. SQS's own age of the oldest message
 * leaves out messages that were received three times (AWS: SQS, CloudWatch metrics), so in an outage all
 * of them.
 *
 * @param now milliseconds since 1970
 */
export function alarmedAges(
  { outcomes, failing }: Outcomes,
  now: number,
): Record<AlarmedAge, number> {
  const ages = { ReturnedAge: 0, FailingAge: 0 };
  for (const outcome of outcomes) {
    if (outcome.verdict.kind !== 'retry') continue;
    const name = failsAlone(outcome, failing) ? 'FailingAge' : 'ReturnedAge';
    const { sentTimestamp } = firstSendingOf(outcome.parsed.record);
    ages[name] = Math.max(ages[name], (now - sentTimestamp) / 1_000);
  }
  return ages;
}

/** Whether its images make calls fail while others of their account go through: then these are the cause. */
function failsAlone({ parsed: { changes } }: RecordOutcome, failing: ReadonlySet<string>): boolean {
  return changes.length > 0 && changes.every(({ guid }) => failing.has(guid));
}
