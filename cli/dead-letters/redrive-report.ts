import type { Outcome } from '../definition.ts';
import { describeError } from '../errors.ts';
import { plural } from '../terminal/plural.ts';
import type { Coverage } from './reader.ts';
import type { Left, Redriving } from './redrive.ts';
import type { RedriveOutcome } from './redrive-outcome.ts';
import { isComplete, renderCoverage } from './summary.ts';

/** Reports what a redrive did, and what became of its messages. */
export function redriveOutcome(
  { redriven, skipped, failed, doubled, unreachable }: Redriving,
  outcome: RedriveOutcome | undefined,
  coverage: Coverage,
): Outcome {
  const told = unreachable === undefined ? undefined : describeError(unreachable);
  const deadAgain = Object.values(outcome?.deadAgain ?? {}).length;
  const hasFailed = skipped.length + failed.length + doubled.length + deadAgain > 0;
  const lines = [
    ...rowsOf(skipped, 'left'),
    ...rowsOf(failed, 'not sent'),
    ...rowsOf(doubled, 'sent, but still in the dead-letter queue too'),
    `${plural(redriven.length, 'dead letter')} redriven. ${renderCoverage(coverage)}`,
    ...(outcome === undefined ? [] : renderOutcome(outcome)),
    ...(told === undefined ? [] : [told.message]),
  ];
  return {
    exitCode: told?.exitCode ?? (hasFailed || (outcome?.waiting ?? 0) > 0 ? 1 : 0),
    text: lines.join('\n'),
    json: {
      redriven: redriven.length,
      skipped,
      failed,
      doubled,
      ...(outcome && { outcome }),
      ...coverage,
      complete: isComplete(coverage),
      ...(told && { error: { cause: told.cause, message: told.message } }),
    },
  };
}

function rowsOf(left: readonly Left[], what: string): string[] {
  return left.map(({ messageId, why }) => `${messageId}  ${what}: ${why}`);
}

function renderOutcome({ settled, fates, deadAgain, waiting }: RedriveOutcome): string[] {
  const unknown = waiting > 0 ? 'settled, at least' : 'settled (applied, or a newer change was)';
  const settledRows = fates
    ? [
        ['applied', fates.applied],
        ['superseded, or unchanged', fates.superseded],
      ]
    : [[unknown, settled]];
  const rows = [
    ...settledRows,
    ...Object.entries(deadAgain).map(([reason, count]) => [`dead again: ${reason}`, count]),
    ...(waiting > 0 ? [['may still wait in the queue, at most', waiting]] : []),
  ] as const;
  return rows.map(([name, count]) => `  ${String(name).padEnd(44)}${String(count).padStart(7)}`);
}
