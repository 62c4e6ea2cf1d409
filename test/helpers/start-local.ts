import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

/** What `npm start` runs. */
export const LOCAL_MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));

/** Runs `npm start -- …`, with nothing on standard input unless it is given. */
export async function start(options: readonly string[], input = '') {
  const child = spawn(process.execPath, [LOCAL_MAIN, ...options], { stdio: 'pipe' });
  child.stdin.end(input);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'exit');
  const [stdout, stderr] = await output;
  return { code, stdout, stderr };
}

/** Expects `npm start -- …` to end with 2 and one line that says why, and to do nothing else. */
export async function expectRefusal(options: readonly string[], line: RegExp): Promise<void> {
  const { code, stderr, stdout } = await start(options);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(line);
  expect(stderr).not.toMatch(/\n\s+at /);
}
