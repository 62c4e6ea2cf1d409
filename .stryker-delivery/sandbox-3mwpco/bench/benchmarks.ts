// @ts-nocheck
import type { Benchmark } from './benchmark.ts';
import { calls, failures } from './calls/benchmark.ts';
import { coldStart } from './cold-start/benchmark.ts';
import { cost } from './cost/section.ts';
import { cpu } from './cpu/benchmark.ts';
import { isolation } from './isolation/benchmark.ts';
import { latency } from './latency/benchmark.ts';
import { scale } from './scale/benchmark.ts';
import { scaleOnPaper } from './scale/section.ts';
import type { Section } from './section.ts';

/** Every benchmark, in the order of docs/benchmarks.md. */
export const BENCHMARKS: readonly Benchmark[] = [
  calls,
  failures,
  isolation,
  cpu,
  coldStart,
  latency,
  scale,
];

/** What is computed from them, behind them. */
export const COMPUTED: readonly Section[] = [cost, scaleOnPaper];
