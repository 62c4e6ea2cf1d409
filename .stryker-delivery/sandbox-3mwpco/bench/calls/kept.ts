// @ts-nocheck
import { readResult } from '../results.ts';
import { calls, failures } from './benchmark.ts';
import { CallsResult, RaceResult } from './result.ts';

/** Both races as they were last kept, as one. */
export function keptRaces(): RaceResult {
  const smooth = CallsResult.parse(readResult(calls).result);
  const failing = RaceResult.parse(readResult(failures).result);
  return {
    events: smooth.events,
    changedImages: { ...smooth.changedImages, ...failing.changedImages },
    runs: [...smooth.runs, ...failing.runs],
  };
}
