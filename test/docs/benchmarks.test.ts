import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  BENCHMARKS_PAGE,
  benchmarkCharts,
  benchmarksPage,
  README,
  readmeWithBenchmarks,
} from '../../scripts/docs/benchmarks.ts';

test('the page of benchmarks says what the kept results say (npm run docs makes it anew)', () => {
  expect(readFileSync(BENCHMARKS_PAGE, 'utf8')).toBe(benchmarksPage());
});

test('the README shows the calls of the kept results', () => {
  expect(readFileSync(README, 'utf8')).toBe(readmeWithBenchmarks());
});

test('the page shows every picture of the benchmarks', () => {
  for (const name of Object.keys(benchmarkCharts())) {
    expect(benchmarksPage()).toContain(`figures/${name}.svg`);
  }
});
