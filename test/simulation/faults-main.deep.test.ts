import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const MAIN = join(import.meta.dirname, '..', '..', 'simulation', 'faults-main.ts');
/** It is found with the seventh seed. */
const FAULT = 'HTTP 200 counts as success';

function hunt(...options: string[]) {
  return spawnSync(process.execPath, [MAIN, ...options], { encoding: 'utf8' });
}

describe('npm run simulate:faults', () => {
  test('tells where a fault is found as soon as it is, and exits with 0 where all are', () => {
    const { status, stdout, stderr } = hunt('--only', FAULT, '--json');
    expect(stderr).toMatch(/^1 of 1 {2}HTTP 200 .*: found at seed 7: .*WronglyAcknowledged/);
    expect(JSON.parse(stdout)).toMatchObject({
      faults: [{ kind: 'found', where: 'seed 7', rules: expect.any(Array) }],
      found: 1,
      missed: 0,
      seconds: expect.any(Number),
    });
    expect(status).toBe(0);
  });

  test('names those that are not found, and exits with 1', () => {
    const { status, stdout } = hunt('--only', FAULT, '--runs', '1', '--at-once', '1');
    expect(stdout).toMatch(/NOT FOUND .*\n1 faults, 0 found, 1 missed, in \d+ s\nmissed: HTTP 200/);
    expect(status).toBe(1);
  });

  test('says so where there is none with such a name', () => {
    const { status, stderr } = hunt('--only', 'no such');
    expect(stderr).toContain('There is no fault with "no such" in its name.');
    expect(status).toBe(1);
  });
});
