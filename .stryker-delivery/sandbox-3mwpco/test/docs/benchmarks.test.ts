// @ts-nocheck
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { BENCHMARKS_PAGE, benchmarkCharts, benchmarksPage } from '../../docs/benchmarks/page.ts';
import { README, readmeWithBenchmarks } from '../../docs/benchmarks/readme.ts';

test('the page of benchmarks says what the kept results say (npm run docs makes it anew)', () => {
  expect(readFileSync(BENCHMARKS_PAGE, 'utf8')).toBe(benchmarksPage());
});

test('the README shows the calls of the kept results', () => {
  expect(readFileSync(README, 'utf8')).toBe(readmeWithBenchmarks());
});

test('every picture of the page is there', () => {
  const figures = new URL('../../docs/figures/', import.meta.url);
  for (const name of Object.keys(benchmarkCharts())) {
    expect(readFileSync(new URL(`${name}.svg`, figures), 'utf8')).toMatch(/^<svg/);
    expect(benchmarksPage()).toContain(`figures/${name}.svg`);
  }
});
