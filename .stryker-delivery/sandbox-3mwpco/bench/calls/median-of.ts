// @ts-nocheck
import { spreadOf } from '../statistics.ts';
import type { RunFigures } from './measure-run.ts';
import type { RaceResult } from './result.ts';

/** The median, over the repeats, of what one contender came to on one workload. */
export function medianOf(
  { runs }: Pick<RaceResult, 'runs'>,
  contender: string,
  workload: string,
  value: (figures: RunFigures) => number,
): number {
  const run = runs.find((r) => r.contender === contender && r.workload === workload);
  return spreadOf(run?.figures.map(value) ?? []).median;
}
