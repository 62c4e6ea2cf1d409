// @ts-nocheck
import type { Rendered } from './benchmark.ts';

/** A part of docs/benchmarks.md that is computed from what was measured. */
export interface Section {
  readonly title: string;
  readonly render: () => Rendered;
}
