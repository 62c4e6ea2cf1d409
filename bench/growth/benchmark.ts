import { defineBenchmark } from '../benchmark.ts';
import { GrowthResult, measureGrowth } from './measure.ts';
import { renderGrowth } from './render.ts';

/** Cost and time against the number of events, and what ten million take: on the simulation's clock. */
export const growth = defineBenchmark({
  name: 'growth',
  title: 'Up to ten million events, in virtual time',
  schema: GrowthResult,
  measure: measureGrowth,
  render: renderGrowth,
});
