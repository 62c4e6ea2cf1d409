import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { ParsedRecord } from '../records/parse-record.ts';
import type { RecordOutcome } from '../settlement/settle.ts';
import type { Reason } from '../verdicts/reasons.ts';
import type { Rejected, Retried } from '../verdicts/verdict.ts';
import { alarmedAges, alarmedCounts } from './alarmed-metrics.ts';

/** A list of faults can be as long as the message; the dead letter has all of it. */
const LOGGED_DETAIL_LENGTH = 1_000;
/** An event can have thousands of images; the trail has them all. */
const LOGGED_GUIDS = 20;

/** A record that was returned or dead-lettered. */
export type Failed = Pick<RecordOutcome, 'parsed' | 'deadLetter'> & {
  readonly verdict: Rejected | Retried;
};

/** Given, not imported: a module that the start shares with this file would be a file of its own to read. */
export interface Powertools {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * Logs and counts records that were returned or dead-lettered, by reason.
 *
 * @param failing images that fail alone
 * @param now milliseconds since 1970
 * @returns what alarms watch, as far as it is not 0, and how many records have each reason
 */
export function emitFailures(
  failed: readonly Failed[],
  failing: ReadonlySet<string>,
  now: number,
  powertools: Powertools,
) {
  const reasons: Partial<Record<Reason, number>> = {};
  for (const [reason, ofReason] of Map.groupBy(failed, ({ verdict }) => verdict.reason)) {
    reasons[reason] = ofReason.length;
    emitReason(reason, ofReason, powertools);
  }
  const counts = alarmedCounts(failed, failing);
  return { counts, ages: alarmedAges(failed, failing, now), reasons };
}

/** Logs a line for each dead letter, because each needs a person, and a line for each reason of retries. */
function emitReason(
  reason: Reason,
  failed: readonly Failed[],
  { logger, metrics }: Powertools,
): void {
  for (const [kind, ofKind] of Map.groupBy(failed, ({ verdict }) => verdict.kind)) {
    // A separate blob, so that the totals above keep no dimension but the service.
    const byReason = metrics.singleMetric();
    byReason.addDimension('reason', reason);
    byReason.addMetric(kind === 'retry' ? 'Returned' : 'DeadLettered', 'Count', ofKind.length);
  }
  for (const { parsed, verdict, deadLetter } of failed) {
    if (verdict.kind !== 'rejected') continue;
    // Without a ledger, a letter without room for its reason has it only here.
    const { source, changes } = parsed;
    const guids = changes.slice(0, LOGGED_GUIDS).map(({ guid }) => guid);
    const event = { source, guids, ...excerptOf(parsed, verdict) };
    logger.warn('Record dead-lettered', { reason, deadLetter, ...event });
  }
  const returned = failed.filter(({ verdict }) => verdict.kind === 'retry');
  const first = returned[0];
  if (first !== undefined) {
    const { detail } = excerptOf(first.parsed, first.verdict);
    logger.warn('Records returned to the queue', { reason, records: returned.length, detail });
  }
}

function excerptOf({ record, origin }: ParsedRecord, { detail }: Rejected | Retried) {
  return { messageId: record.messageId, origin, detail: detail.slice(0, LOGGED_DETAIL_LENGTH) };
}
