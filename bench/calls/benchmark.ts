import { defineBenchmark } from '../benchmark.ts';
import { measureCalls } from './measure.ts';
import { renderCalls } from './render.ts';
import { CallsResult } from './result.ts';

/** In how many calls, and how soon, a full queue is worked off. */
export const calls = defineBenchmark({
  name: 'calls',
  title: 'Calls and drain time',
  schema: CallsResult,
  measure: measureCalls,
  render: renderCalls,
});
