import type { Outcome } from '../definition.ts';
import { describeError } from '../errors.ts';
import { plural } from '../terminal/plural.ts';
import type { Coverage } from './reader.ts';
import type { Left, Redriving } from './redrive.ts';
import type { RedriveOutcome } from './redrive-outcome.ts';
import { isComplete, renderCoverage } from './summary.ts';

/** Letters that are named where many stay for the same cause; `--json` has all of them. */
const MAX_ROWS = 5;

/** Why it is not known what became of the messages: the redrive itself is done and must be reported. */
interface NotKnown {
  readonly unknown: string;
}

/** What became of the messages; an error of AWS is part of the report, since they are sent already. */
export async function outcomeOrWhyNot(
  ask: () => Promise<RedriveOutcome>,
): Promise<RedriveOutcome | NotKnown> {
  try {
    return await ask();
  } catch (error) {
    const told = describeError(error);
    if (told === undefined) throw error;
    return { unknown: told.message };
  }
}

/** Reports what a redrive did, and what became of its messages. */
export function redriveOutcome(
  { redriven, skipped, failed, doubled, unreachable }: Redriving,
  outcome: RedriveOutcome | NotKnown | undefined,
  coverage: Coverage,
  limit = Number.POSITIVE_INFINITY,
): Outcome {
  const told = unreachable === undefined ? undefined : describeError(unreachable);
  const hasFailed = skipped.length + failed.length + doubled.length > 0;
  const isBounded = redriven.length >= limit;
  const lines = [
    ...rowsOf(skipped, 'left'),
    ...rowsOf(failed, 'not sent'),
    ...rowsOf(doubled, 'sent, but still in the dead-letter queue too'),
    `${plural(redriven.length, 'dead letter')} redriven. ${isBounded ? 'The others were not looked at, as --limit says.' : renderCoverage(coverage)}`,
    ...(outcome === undefined ? [] : renderOutcome(outcome)),
    ...(told === undefined ? [] : [told.message]),
  ];
  return {
    exitCode: told?.exitCode ?? (hasFailed || !isSettled(outcome) ? 1 : 0),
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

function isSettled(outcome: RedriveOutcome | NotKnown | undefined): boolean {
  if (outcome === undefined) return true;
  if ('unknown' in outcome) return false;
  return outcome.waiting === 0 && Object.keys(outcome.deadAgain).length === 0;
}

/** Letters that stay for the same cause; the first of them, where they are many. */
function rowsOf(left: readonly Left[], what: string): string[] {
  return [...Map.groupBy(left, ({ why }) => why)].flatMap(([why, all]) => {
    const rows = all.slice(0, MAX_ROWS).map(({ messageId }) => `${messageId}  ${what}: ${why}`);
    const more = all.length - rows.length;
    return more === 0 ? rows : [...rows, `and ${more} more  ${what}: ${why}`];
  });
}

function renderOutcome(outcome: RedriveOutcome | NotKnown): string[] {
  if ('unknown' in outcome) return [`What became of them is not known: ${outcome.unknown}`];
  const { settled, fates, deadAgain, waiting } = outcome;
  const unknown = waiting > 0 ? 'settled, at least' : 'settled (applied, or a newer change was)';
  const settledRows = fates
    ? [
        [waiting > 0 ? 'applied, at least' : 'applied', fates.applied],
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
