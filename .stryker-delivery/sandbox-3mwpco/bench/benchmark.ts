// @ts-nocheck
import type { TopLevelSpec } from 'vega-lite';
import type * as z from 'zod';

/** `full` is what the documents show; `quick` shows in a minute or so that a benchmark runs. */
export type Effort = 'full' | 'quick';

/** What people see of a result. */
export interface Rendered {
  /** Markdown, without the heading. */
  readonly text: string;
  /** Pictures, by the names of their files in docs/figures, without `.svg`. */
  readonly charts: Readonly<Record<string, TopLevelSpec>>;
}

/** One question, how it is measured, and how the answer is shown. */
export interface Benchmark {
  /** Also the name of the file in docs/benchmarks that holds the last full result. */
  readonly name: string;
  readonly title: string;
  /** @returns the result, as it is kept in JSON */
  readonly measure: (effort: Effort) => Promise<unknown>;
  /** @throws {z.ZodError} when the kept result is not of today's shape: measure it again */
  readonly render: (result: unknown) => Rendered;
}

/** Makes a benchmark of its typed parts. */
export function defineBenchmark<Result>(parts: {
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodType<Result>;
  readonly measure: (effort: Effort) => Promise<Result>;
  readonly render: (result: Result) => Rendered;
}): Benchmark {
  return { ...parts, render: (result) => parts.render(parts.schema.parse(result)) };
}
