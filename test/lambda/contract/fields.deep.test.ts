import { execFile } from 'node:child_process';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { temporaryFolder } from '../../helpers/folder.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const LIST = 'lambda/contract/fields.ts';

const run = promisify(execFile);

test('does not compile, once there is another one, in the files that CONTRIBUTING names', async () => {
  await using folder = await temporaryFolder();
  await copySources(folder.path);
  const text = await readFile(folder.at(LIST), 'utf8');
  const withAnother = text.replace("'description'] as const", "'description', 'visible'] as const");
  expect(withAnother).not.toBe(text);
  await writeFile(folder.at(LIST), withAnother);
  expect(await filesThatDoNotCompile(folder.path)).toEqual((await filesNamed()).toSorted());
});

/** All that the compiler reads, but for the tests. */
async function copySources(to: string): Promise<void> {
  const settings = z.object({ include: z.array(z.string()) });
  const text = await readFile(join(ROOT, 'tsconfig.json'), 'utf8');
  const { include } = settings.parse(JSON.parse(text));
  const sources = include.filter((name) => name !== 'test');
  for (const name of [...sources, 'package.json', 'tsconfig.json']) {
    await cp(join(ROOT, name), join(to, name), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(to, 'node_modules'));
}

async function filesThatDoNotCompile(folder: string): Promise<string[]> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const output = await run(process.execPath, [compiler, '--pretty', 'false'], { cwd: folder }).then(
    () => '',
    ({ stdout }) => String(stdout),
  );
  const files = [...output.matchAll(/^(\S+?)\(\d+,\d+\): error /gm)].map(([, file]) => file ?? '');
  return [...new Set(files)].toSorted();
}

/** The numbered files of "Add a field". */
async function filesNamed(): Promise<string[]> {
  const text = await readFile(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const section = text.split('## Add a field\n')[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\d+\. \[`[^`]+`\]\(([^)]+)\)/gm)].map(([, path]) => path ?? '');
}
