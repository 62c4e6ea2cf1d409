// @ts-nocheck
import { defineBenchmark } from '../benchmark.ts';
import { measureColdStart } from './measure.ts';
import { renderColdStart } from './render.ts';
import { ColdStartResult } from './result.ts';

/** How long a new sandbox takes until its first batch is done. */
export const coldStart = defineBenchmark({
  name: 'cold-start',
  title: 'Cold start',
  schema: ColdStartResult,
  measure: measureColdStart,
  render: renderColdStart,
});
