import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { publint } from 'publint';
import * as z from 'zod';
import { readJson } from '../helpers/json-file.ts';
import { type InstalledPackage, ROOT, type Workspace } from './installed-package.ts';

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

/** No registry: what is only a rehearsal must not be able to reach one. */
const NOWHERE = ['--registry', 'http://127.0.0.1:9', '--fetch-retries', '0'];

/**
 * The tests that each package has to pass.
 *
 * @param entry what users load or run, in the package
 */
export function testEveryPackage(
  workspace: Workspace,
  entry: string,
  installed: () => InstalledPackage,
): void {
  test('it depends on what it imports, and on nothing else', () => {
    const { path } = installed();
    const { dependencies, peerDependencies } = Manifest.parse(readJson(join(path, 'package.json')));
    const declared = Object.keys({ ...dependencies, ...peerDependencies });
    expect(importsOf(join(path, entry))).toEqual(declared.sort());
  });

  test('it says what it is, and under which licence', () => {
    const { path } = installed();
    expect(existsSync(join(path, 'README.md'))).toBe(true);
    expect(existsSync(join(path, 'LICENSE'))).toBe(true);
  });

  test('publint finds nothing', async () => {
    const { messages } = await publint({ pkgDir: installed().path, strict: true });
    expect(messages).toEqual([]);
  });

  test('its types are right, whichever way TypeScript resolves them', async () => {
    const checked = await checkPackage(createPackageFromTarballData(installed().tarball));
    const problems = checked.types === false ? [] : checked.problems;
    // Wrong only for Node before 20.19 and 22.12, which can't `require` an ES module (`engines`).
    expect(problems.filter(({ kind }) => kind !== 'CJSResolvesToESM')).toEqual([]);
  });

  test('npm would publish it without correcting it', () => {
    const parts = [
      'publish',
      '--workspace',
      workspace,
      '--dry-run',
      '--ignore-scripts',
      // However quietly npm runs this test.
      '--loglevel=notice',
      ...NOWHERE,
    ];
    const { status, stderr } = spawnSync('npm', parts, { cwd: ROOT, encoding: 'utf8' });
    const warnings = stderr.split('\n').filter((line) => /^npm (warn|error)/.test(line));
    expect({ status, warnings }).toEqual({
      status: 0,
      warnings: [expect.stringContaining('requires you to be logged in')],
    });
  });
}

/** The packages that a module, and all that it reaches in its own package, import. */
function importsOf(module: string): string[] {
  const { metafile } = buildSync({
    entryPoints: [module],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    splitting: true,
    outdir: 'none',
    write: false,
    metafile: true,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = imports
    .filter(({ path, external }) => external === true && !path.startsWith('node:'))
    .map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
  return [...new Set(names)].sort();
}
