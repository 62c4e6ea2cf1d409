import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Figure, InvocationResult } from '../pipeline.ts';
import { firstSendingOf } from '../records/origin.ts';
import type { ParsedRecord } from '../records/parse-record.ts';
import type { RecordOutcome } from '../settlement/settle.ts';
import type { Reason } from '../verdicts/reasons.ts';
import { isSettled, type Rejected, type Retried, type Verdict } from '../verdicts/verdict.ts';
import { logger, metrics } from './powertools.ts';

/** A list of faults can be as long as the message; the dead letter has all of it. */
const LOGGED_DETAIL_LENGTH = 1_000;

/** The metric that counts records of each verdict, in all and by reason. */
const METRIC_OF = {
  applied: 'Acknowledged',
  unchanged: 'Acknowledged',
  superseded: 'Acknowledged',
  retry: 'Returned',
  rejected: 'DeadLettered',
} as const satisfies Record<Verdict['kind'], string>;

const METRIC_OF_FIGURE = {
  images: 'Images',
  verified: 'Verified',
  rewritten: 'Rewritten',
  notTaken: 'NotTaken',
  unverifiable: 'Unverifiable',
  unverified: 'Unverified',
  callSize: 'CallSize',
  coalesced: 'Coalesced',
  superseded: 'Superseded',
  unchanged: 'Unchanged',
  calls: 'Calls',
  listCalls: 'ListCalls',
  ledgerReads: 'LedgerReads',
  ledgerWrites: 'LedgerWrites',
  isolationCalls: 'IsolationCalls',
  throttled: 'Throttled',
  keyReloads: 'KeyReloads',
  breakerOpenings: 'BreakerOpenings',
  notPostponed: 'NotPostponed',
} as const satisfies Record<Figure, string>;

/** Every metric that the function writes; those by reason have the same names. */
export const METRIC_NAMES: readonly string[] = [
  ...new Set(['Records', ...Object.values(METRIC_OF), ...Object.values(METRIC_OF_FIGURE)]),
  'Latency',
  'ReturnedAge',
  // Written in processing.ts, while the secret can't be read.
  'KeysStale',
];

/**
 * Logs and counts what an invocation did.
 *
 * @param now when it was done, in milliseconds since 1970
 */
export function emitTelemetry(
  { outcomes, figures, rewritten }: InvocationResult,
  now: number,
): void {
  emitAges(outcomes, now);
  count(metrics, 'Records', outcomes.length);
  for (const name of new Set(Object.values(METRIC_OF))) {
    const counted = outcomes.filter(({ verdict }) => METRIC_OF[verdict.kind] === name);
    count(metrics, name, counted.length);
  }
  for (const [figure, name] of Object.entries(METRIC_OF_FIGURE)) {
    count(metrics, name, figures[figure as Figure]);
  }

  const failed = outcomes.flatMap(({ verdict, ...outcome }) =>
    isSettled(verdict) ? [] : [{ ...outcome, verdict }],
  );
  const reasons: Partial<Record<Reason, number>> = {};
  for (const [reason, ofReason] of Map.groupBy(failed, ({ verdict }) => verdict.reason)) {
    reasons[reason] = ofReason.length;
    emitReason(reason, ofReason);
  }
  if (rewritten !== undefined) logger.warn('FinerWorks rewrote a text', { ...rewritten });
  logger.info('Batch processed', { records: outcomes.length, ...figures, reasons });
}

/**
 * How late changes are: since the first sending of each that is applied, and since the last sending of
 * the oldest that is returned. SQS's own age of the oldest message leaves out messages that were received
 * three times (AWS: SQS, CloudWatch metrics), so in an outage all of them.
 */
function emitAges(outcomes: readonly RecordOutcome[], now: number): void {
  const seconds = (since: number) => Math.max(0, (now - since) / 1_000);
  const ages: number[] = [];
  for (const { parsed, verdict } of outcomes) {
    if (verdict.kind === 'applied') {
      const { sentTimestamp } = parsed.origin;
      metrics.addMetric('Latency', MetricUnit.Seconds, seconds(sentTimestamp));
    }
    if (verdict.kind === 'retry') ages.push(seconds(firstSendingOf(parsed.record).sentTimestamp));
  }
  if (ages.length > 0) metrics.addMetric('ReturnedAge', MetricUnit.Seconds, Math.max(...ages));
}

type Failed = Pick<RecordOutcome, 'parsed' | 'deadLetter'> & {
  readonly verdict: Rejected | Retried;
};

/** Logs a line for each dead letter, because each needs a person, and a line for each reason of retries. */
function emitReason(reason: Reason, failed: readonly Failed[]): void {
  for (const [kind, ofKind] of Map.groupBy(failed, ({ verdict }) => verdict.kind)) {
    // A separate blob, so that the totals above keep no dimension but the service.
    const byReason = metrics.singleMetric();
    byReason.addDimension('reason', reason);
    count(byReason, METRIC_OF[kind], ofKind.length);
  }
  for (const { parsed, verdict, deadLetter } of failed) {
    if (verdict.kind !== 'rejected') continue;
    // Without a ledger, a letter without room for its reason has it only here.
    logger.warn('Record dead-lettered', { reason, deadLetter, ...excerptOf(parsed, verdict) });
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

function count(target: Metrics, name: string, value: number): void {
  target.addMetric(name, MetricUnit.Count, value);
}
