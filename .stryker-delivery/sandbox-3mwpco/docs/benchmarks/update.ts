// @ts-nocheck
import { writeFileSync } from 'node:fs';
import { drawFigures } from '../figures/draw.ts';
import { BENCHMARKS_PAGE, benchmarkCharts, benchmarksPage } from './page.ts';
import { README, readmeWithBenchmarks } from './readme.ts';

/** Writes the page, the README's part of it and the pictures anew, from the results that are kept. */
export async function updateBenchmarkDocuments(): Promise<void> {
  writeFileSync(BENCHMARKS_PAGE, benchmarksPage());
  writeFileSync(README, readmeWithBenchmarks());
  await drawFigures(benchmarkCharts());
}
