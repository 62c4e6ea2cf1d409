import { spawnSync } from 'node:child_process';
import { mkdtempDisposableSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const MODULE = new URL('../../local/lambda/temporary-bundle.ts', import.meta.url);

test.each([
  ['ends of itself', ''],
  ['is ended in the middle', 'process.exit(130);'],
  ['bundles what is no source', "temporaryBundle('none.ts');"],
])('a process that %s leaves none', (_how, end) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'temporary-bundle-test-'));
  const program = `import { temporaryBundle } from '${MODULE}'; temporaryBundle(); ${end}`;
  spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: process.env.PATH, TMPDIR: folder.path },
  });
  expect(readdirSync(folder.path)).toEqual([]);
});
