import { errorName } from '../general/error-name.ts';
import type { RecordOutcome } from '../settlement/settle.ts';
import type { TrailContext, TrailTable } from './keep-trail.ts';

/** Writes what became of the records of an invocation. Never throws. */
export type KeepTrail = (
  outcomes: readonly RecordOutcome[],
  context: Omit<TrailContext, 'trailDays'>,
) => Promise<void>;

/**
 * The trail of a sandbox. Its code is loaded when the first batch is settled: no call has to wait for
 * it. The trail is best effort: a failure changes no verdict, and nothing is tried again.
 *
 * @param table undefined where no trail is kept
 * @param onFailure takes the error's name
 */
export function trailOnDemand(
  table: TrailTable | undefined,
  { trailDays }: Pick<TrailContext, 'trailDays'>,
  onFailure: (error: string) => void,
): KeepTrail {
  if (table === undefined) return async () => {};
  return async (outcomes, context) => {
    try {
      const { keepTrail } = await import('./keep-trail.ts');
      await keepTrail(table, outcomes, { ...context, trailDays });
    } catch (error) {
      onFailure(errorName(error));
    }
  };
}
