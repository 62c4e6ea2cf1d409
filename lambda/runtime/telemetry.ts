import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Figure, InvocationResult } from '../pipeline.ts';
import type { RecordOutcome } from '../settlement/settle.ts';
import { isSettled } from '../verdicts/verdict.ts';
import { METRIC_OF, METRIC_OF_FIGURE, NO_AGES, NO_ALARM } from './metric-names.ts';
import { logger, metrics } from './powertools.ts';

const powertools = { logger, metrics };

/**
 * Logs and counts what an invocation did.
 *
 * @param now when it was done, in milliseconds since 1970
 */
export async function emitTelemetry(result: InvocationResult, now: number): Promise<void> {
  const { outcomes, figures, rewritten, heartbeats } = result;
  emitLatencies(outcomes, now);
  count('Records', outcomes.length);
  for (const name of new Set(Object.values(METRIC_OF))) {
    const counted = outcomes.filter(({ verdict }) => METRIC_OF[verdict.kind] === name);
    count(name, counted.length);
  }
  for (const [figure, name] of Object.entries(METRIC_OF_FIGURE)) {
    count(name, figures[figure as Figure]);
  }
  const failed = outcomes.flatMap(({ verdict, ...outcome }) =>
    isSettled(verdict) ? [] : [{ ...outcome, verdict }],
  );
  // Loaded with the first record that fails: most sandboxes never see one.
  const failures =
    failed.length > 0
      ? (await import('./failed-records.ts')).emitFailures(failed, result.failing, now, powertools)
      : undefined;
  for (const [name, value] of Object.entries({ ...NO_ALARM, ...failures?.counts })) {
    count(name, value);
  }
  for (const [name, age] of Object.entries({ ...NO_AGES, ...failures?.ages })) {
    metrics.addMetric(name, MetricUnit.Seconds, age);
  }
  if (heartbeats !== undefined) {
    // Counted only where there are any: most deployments have none, and a metric costs.
    count('Heartbeats', heartbeats.answered);
    logger.info('Heartbeats', { ...heartbeats });
  }
  if (rewritten !== undefined) logger.warn('FinerWorks rewrote a text', { ...rewritten });
  logger.info('Batch processed', {
    records: outcomes.length,
    ...figures,
    reasons: failures?.reasons ?? {},
  });
}

/** How late each change is that is applied: since its last sending. */
function emitLatencies(outcomes: readonly RecordOutcome[], now: number): void {
  for (const { parsed, verdict } of outcomes) {
    if (verdict.kind !== 'applied') continue;
    const seconds = Math.max(0, (now - parsed.origin.sentTimestamp) / 1_000);
    metrics.addMetric('Latency', MetricUnit.Seconds, seconds);
  }
}

function count(name: string, value: number): void {
  metrics.addMetric(name, MetricUnit.Count, value);
}
