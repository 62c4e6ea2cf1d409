import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runJest } from './helpers/run-jest.ts';

const HERE = import.meta.dirname;

test('properties hold for ten times as many inputs', () => {
  const files = readdirSync(HERE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.deep.test.ts'))
    .filter((file) => readFileSync(join(HERE, file), 'utf8').includes('/helpers/runs.ts'));
  expect(files.length).toBeGreaterThan(10);
  const report = runJest(
    files.map((file) => `**/test/${file}`),
    { TIMES_RUNS: '10' },
  );
  expect(report).toMatchObject({ success: true, numTotalTestSuites: files.length });
}, 600_000);
