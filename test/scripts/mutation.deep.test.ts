import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { temporaryFolder } from '../helpers/folder.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'scripts', 'mutation', 'main.ts');
const Report = z.object({
  files: z.record(
    z.string(),
    z.object({
      mutants: z.array(
        z.object({ replacement: z.string(), status: z.string(), location: z.unknown() }),
      ),
    }),
  ),
});

const SOURCE = `
const ADULT = -18;
let counted = 0;

export function isAdult(age: number): boolean {
  return age >= -ADULT;
}

export function count(): number {
  counted += 1;
  return counted;
}

export function sumTo(last: number): number {
  let sum = 0;
  for (let n = 1; n <= last; n += 1) sum += n;
  return sum;
}

export function isChild(age: number): boolean {
  return age < 12;
}
`;

const TESTS = `
import { describe, expect, test } from '@jest/globals';
import { count, isAdult, sumTo } from '../../lambda/age.ts';

describe.each([[20, true], [3, false]])('somebody of %d years', (age, expected) => {
  test('is an adult or not', () => {
    expect(isAdult(age)).toBe(expected);
  });
});

test('passes only as the first of its kind in a process', () => {
  expect(count()).toBe(1);
});

test('adds up', async () => {
  expect(sumTo(3)).toBe(6);
});
`;

test('npm run test:mutation tells which changes of a source its tests notice', async () => {
  await using folder = await temporaryFolder();
  mkdirSync(folder.at('lambda'));
  mkdirSync(folder.at('test/lambda'), { recursive: true });
  await folder.write('lambda/age.ts', SOURCE);
  await folder.write('test/lambda/age.test.ts', TESTS);

  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [MAIN, 'lambda/age.ts', '--json', folder.at('report.json')],
    { cwd: folder.path, encoding: 'utf8' },
  );

  expect(stderr).toMatch(/: 1\nlambda\/age\.ts {2}\d\d\.\d %, 0 mutants left\n$/);
  expect(stdout).toContain(
    'lambda/age.ts:6:10 survived EqualityOperator: age >= -ADULT => age > -ADULT',
  );
  expect(status).toBe(1);
  const report = Report.parse(JSON.parse(readFileSync(folder.at('report.json'), 'utf8')));
  const mutants = report.files['lambda/age.ts']?.mutants ?? [];
  const replacementsThat = (wanted: string) =>
    mutants.filter((mutant) => mutant.status === wanted).map(({ replacement }) => replacement);
  expect(replacementsThat('Survived')).toEqual(['age > -ADULT']);
  expect(replacementsThat('NoCoverage')).toContain('age <= 12');
  expect(replacementsThat('Ignored')).toEqual(['+18']);
  // The last one never ends.
  expect(replacementsThat('Killed')).toEqual(
    expect.arrayContaining([
      'age < -ADULT',
      '+ADULT',
      'counted -= 1',
      'n < last',
      'sum -= n',
      'n -= 1',
    ]),
  );
});
