// @ts-nocheck
import { defineBenchmark } from '../benchmark.ts';
import { measureCpu } from './measure.ts';
import { renderCpu } from './render.ts';
import { CpuResult } from './result.ts';

/** What the function itself costs of the processor, and of memory. */
export const cpu = defineBenchmark({
  name: 'cpu',
  title: 'Processor and memory',
  schema: CpuResult,
  measure: measureCpu,
  render: renderCpu,
});
