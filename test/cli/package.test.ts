import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { temporaryFolder } from '../helpers/folder.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('the packed package has a program of its name that runs where it is installed', async () => {
  await using folder = await temporaryFolder();
  const environment = { ...process.env, HOME: folder.path };
  const pack = ['pack', '--json', '--pack-destination', folder.path];
  await run('npm', pack, { cwd: ROOT, env: environment });
  const [tarball = ''] = (await readdir(folder.path)).filter((name) => name.endsWith('.tgz'));
  await run('tar', ['-xzf', tarball], { cwd: folder.path });
  const installed = folder.at('node_modules/finerworks-image-updates');
  await mkdir(folder.at('node_modules'));
  await rename(folder.at('package'), installed);
  // Its dependencies are those of this repository.
  await symlink(join(ROOT, 'node_modules'), join(installed, 'node_modules'));
  const text = await readFile(join(installed, 'package.json'), 'utf8');
  const { bin } = z.object({ bin: z.record(z.string(), z.string()) }).parse(JSON.parse(text));
  const program = join(installed, bin['finerworks-image-updates'] ?? 'none');
  const { stdout } = await run(program, ['--help'], { env: process.env });
  expect(stdout).toContain('Usage: finerworks-image-updates');
});
