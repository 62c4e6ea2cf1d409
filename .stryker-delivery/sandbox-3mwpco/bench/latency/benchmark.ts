// @ts-nocheck
import { defineBenchmark } from '../benchmark.ts';
import { measureLatency } from './measure.ts';
import { renderLatency } from './render.ts';
import { LatencyResult } from './result.ts';

/** How late a change is at FinerWorks. */
export const latency = defineBenchmark({
  name: 'latency',
  title: 'Latency',
  schema: LatencyResult,
  measure: measureLatency,
  render: renderLatency,
});
