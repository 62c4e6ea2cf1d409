import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Figure, Outcome } from './pipeline.ts';
import type { Reading } from './queue/reading.ts';
import type { Reason } from './reasons.ts';
import { isSettled, type Rejected, type Retried, type Verdict } from './verdicts/verdict.ts';

const SERVICE = 'finerworks-image-updates';

/** A fault list can be as long as the message; the dead letter has it whole. */
const LOGGED_DETAIL_LENGTH = 1_000;

export const logger = new Logger({ serviceName: SERVICE });

/** No guid and no account is ever a dimension: each value would be a metric to pay for. */
export const metrics = new Metrics({
  namespace: 'FinerWorksImageUpdates',
  serviceName: SERVICE,
});

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

/** Logs and counts what an invocation did. */
export function tell({ settlements, figures }: Outcome): void {
  count(metrics, 'Records', settlements.length);
  for (const name of new Set(Object.values(METRIC_OF))) {
    const counted = settlements.filter(({ verdict }) => METRIC_OF[verdict.kind] === name);
    count(metrics, name, counted.length);
  }
  for (const [figure, name] of Object.entries(METRIC_OF_FIGURE)) {
    count(metrics, name, figures[figure as Figure]);
  }

  const failed = settlements.flatMap(({ reading, verdict }) =>
    isSettled(verdict) ? [] : [{ reading, verdict }],
  );
  const reasons: Partial<Record<Reason, number>> = {};
  for (const [reason, ofReason] of Map.groupBy(failed, ({ verdict }) => verdict.reason)) {
    reasons[reason] = ofReason.length;
    tellReason(reason, ofReason);
  }
  logger.info('Batch processed', { records: settlements.length, ...figures, reasons });
}

interface Failed {
  readonly reading: Reading;
  readonly verdict: Rejected | Retried;
}

/** Dead letters a line each, because each wants a person; retries a line a reason. */
function tellReason(reason: Reason, failed: readonly Failed[]): void {
  for (const [kind, ofKind] of Map.groupBy(failed, ({ verdict }) => verdict.kind)) {
    // A blob of its own, so that the totals above keep no dimension but the service.
    const byReason = metrics.singleMetric();
    byReason.addDimension('reason', reason);
    count(byReason, METRIC_OF[kind], ofKind.length);
  }
  for (const { reading, verdict } of failed.filter(({ verdict }) => verdict.kind === 'rejected')) {
    logger.warn('Record dead-lettered', { reason, ...excerptOf(reading, verdict) });
  }
  const returned = failed.filter(({ verdict }) => verdict.kind === 'retry');
  const first = returned[0];
  if (first !== undefined) {
    const { detail } = excerptOf(first.reading, first.verdict);
    logger.warn('Records returned to the queue', { reason, records: returned.length, detail });
  }
}

function excerptOf({ record, origin }: Reading, { detail }: Rejected | Retried) {
  return { messageId: record.messageId, origin, detail: detail.slice(0, LOGGED_DETAIL_LENGTH) };
}

function count(target: Metrics, name: string, value: number): void {
  target.addMetric(name, MetricUnit.Count, value);
}
