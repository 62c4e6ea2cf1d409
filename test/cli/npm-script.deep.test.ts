import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../helpers/folder.ts';
import { guid } from '../helpers/records.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('npm run --silent cli prints JSON alone, and finds files from any folder', async () => {
  await using folder = await temporaryFolder();
  await folder.write('events.ndjson', JSON.stringify({ guid: guid(1), title: 'a' }));
  const words = ['validate', '--json', 'events.ndjson'];
  const { stdout } = await run(
    'npm',
    ['--prefix', ROOT, 'run', '--silent', 'cli', '--', ...words],
    {
      cwd: folder.path,
    },
  );
  expect(JSON.parse(stdout)).toMatchObject({
    valid: true,
    files: [{ file: 'events.ndjson', events: 1 }],
  });
});
