import { spawnSync } from 'node:child_process';

/**
 * Runs files of tests in a process of their own.
 *
 * @param files patterns, as `--testMatch` takes them
 * @param environment what is told to them
 * @returns the report that Jest writes as JSON
 * @throws where a test fails
 */
export function runJest(
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
): unknown {
  const matches = files.flatMap((file) => ['--testMatch', file]);
  const jest = ['run', '--silent', 'jest', '--', '--json', ...matches];
  const { status, stdout, stderr } = spawnSync('npm', jest, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1_048_576,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
