import type { Benchmark } from './benchmark.ts';
import { calls } from './calls/benchmark.ts';
import { isolation } from './isolation/benchmark.ts';

/** Every benchmark, in the order of docs/benchmarks.md. */
export const BENCHMARKS: readonly Benchmark[] = [calls, isolation];
