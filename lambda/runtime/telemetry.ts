import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Figure, InvocationResult } from '../pipeline.ts';
import type { ParsedRecord } from '../records/parse-record.ts';
import type { RecordOutcome } from '../settlement/settle.ts';
import type { Reason } from '../verdicts/reasons.ts';
import { isSettled, type Rejected, type Retried, type Verdict } from '../verdicts/verdict.ts';
import { ALARMED_AGES, ALARMED_COUNTS, alarmedAges, alarmedCounts } from './alarmed-metrics.ts';
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
  refusedImages: 'RefusedImages',
} as const satisfies Record<Figure, string>;

/** Every metric that the function writes; those by reason have the same names. */
export const METRIC_NAMES: readonly string[] = [
  ...new Set(['Records', ...Object.values(METRIC_OF), ...Object.values(METRIC_OF_FIGURE)]),
  ...ALARMED_COUNTS,
  ...ALARMED_AGES,
  'Latency',
  // Written in processing.ts, while the secret can't be read.
  'KeysStale',
];

/**
 * Logs and counts what an invocation did.
 *
 * @param now when it was done, in milliseconds since 1970
 */
export function emitTelemetry(result: InvocationResult, now: number): void {
  const { outcomes, figures, rewritten } = result;
  emitLatencies(outcomes, now);
  // All of them each time: alarms compare them, and a metric that was never written compares with nothing.
  for (const [name, value] of Object.entries(alarmedCounts(result))) count(metrics, name, value);
  for (const [name, seconds] of Object.entries(alarmedAges(result, now))) {
    metrics.addMetric(name, MetricUnit.Seconds, seconds);
  }
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

/** How late each change is that is applied: since its last sending. */
function emitLatencies(outcomes: readonly RecordOutcome[], now: number): void {
  for (const { parsed, verdict } of outcomes) {
    if (verdict.kind !== 'applied') continue;
    const seconds = Math.max(0, (now - parsed.origin.sentTimestamp) / 1_000);
    metrics.addMetric('Latency', MetricUnit.Seconds, seconds);
  }
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
