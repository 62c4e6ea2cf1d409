// @ts-nocheck
import { defineBenchmark } from '../benchmark.ts';
import { measureIsolation } from './measure.ts';
import { renderIsolation } from './render.ts';
import { IsolationResult } from './result.ts';

/** How many calls a refused batch costs. */
export const isolation = defineBenchmark({
  name: 'isolation',
  title: 'Isolation of refused images',
  schema: IsolationResult,
  measure: measureIsolation,
  render: renderIsolation,
});
