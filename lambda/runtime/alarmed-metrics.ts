import type { RecordOutcome } from '../settlement/settle.ts';
import type { Rejection } from '../verdicts/reasons.ts';
import type { NO_AGES, NO_ALARM } from './metric-names.ts';

type AlarmedCount = keyof typeof NO_ALARM;
type AlarmedAge = keyof typeof NO_AGES;
type Outcomes = readonly RecordOutcome[];

/** All other rejections are known before FinerWorks is asked: they are the fault of the producer alone. */
const NOT_OF_PRODUCERS: ReadonlySet<Rejection> = new Set([
  'WouldRemoveInventory',
  'Refused',
  'RetriesExhausted',
]);

/**
 * Counts what alarms watch.
 *
 * @param failing images that fail alone
 * @returns the counts that are not 0
 */
export function alarmedCounts(
  outcomes: Outcomes,
  failing: ReadonlySet<string>,
): Partial<Record<AlarmedCount, number>> {
  const counts: Partial<Record<AlarmedCount, number>> = {};
  for (const outcome of outcomes) {
    const counted = alarmOf(outcome, failing);
    if (counted !== undefined) counts[counted] = (counts[counted] ?? 0) + 1;
  }
  return counts;
}

function alarmOf(outcome: RecordOutcome, failing: ReadonlySet<string>): AlarmedCount | undefined {
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
 * @param failing images that fail alone
 * @param now milliseconds since 1970
 */
export function alarmedAges(
  outcomes: Outcomes,
  failing: ReadonlySet<string>,
  now: number,
): Partial<Record<AlarmedAge, number>> {
  const ages: Partial<Record<AlarmedAge, number>> = {};
  for (const outcome of outcomes) {
    if (outcome.verdict.kind !== 'retry') continue;
    const name = failsAlone(outcome, failing) ? 'FailingAge' : 'ReturnedAge';
    const { SentTimestamp } = outcome.parsed.record.attributes;
    ages[name] = Math.max(ages[name] ?? 0, (now - Number(SentTimestamp)) / 1_000);
  }
  return ages;
}

/** Whether its images make calls fail while others of their account go through: then these are the cause. */
function failsAlone({ parsed: { changes } }: RecordOutcome, failing: ReadonlySet<string>): boolean {
  return changes.length > 0 && changes.every(({ guid }) => failing.has(guid));
}
