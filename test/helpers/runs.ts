import { env } from 'node:process';

/** How often `fc.assert` tries a property that takes its time; the deep tests do so ten times as often. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: count * Number(env.TIMES_RUNS ?? 1) };
}
