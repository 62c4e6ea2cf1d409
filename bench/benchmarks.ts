import type { Benchmark } from './benchmark.ts';
import { calls } from './calls/benchmark.ts';
import { coldStart } from './cold-start/benchmark.ts';
import { cpu } from './cpu/benchmark.ts';
import { drain } from './drain.ts';
import { growth } from './growth/benchmark.ts';
import { isolation } from './isolation.ts';
import { latency } from './latency/benchmark.ts';
import { memory } from './memory.ts';
import { outcomes } from './outcomes.ts';
import { scale } from './scale.ts';
import { window } from './window/benchmark.ts';

/** Every benchmark, in the order of docs/benchmarks.md. */
export const BENCHMARKS: readonly Benchmark[] = [
  calls,
  scale,
  growth,
  drain,
  window,
  outcomes,
  isolation,
  cpu,
  coldStart,
  memory,
  latency,
];
