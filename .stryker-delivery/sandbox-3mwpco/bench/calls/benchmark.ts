// @ts-nocheck
import { defineBenchmark } from '../benchmark.ts';
import { measureCalls, measureFailures } from './measure.ts';
import { renderCalls, renderFailures } from './render.ts';
import { CallsResult, RaceResult } from './result.ts';

/** In how many calls, and how soon, a full queue is worked off. */
export const calls = defineBenchmark({
  name: 'calls',
  title: 'Calls and drain time',
  schema: CallsResult,
  measure: measureCalls,
  render: renderCalls,
});

/** The same where calls fail. */
export const failures = defineBenchmark({
  name: 'failures',
  title: 'Calls and drain time where calls fail',
  schema: RaceResult,
  measure: measureFailures,
  render: renderFailures,
});
