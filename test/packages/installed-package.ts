import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { readJson } from '../helpers/json-file.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What is published: the folder of each package. */
export const WORKSPACES = ['cli', 'infra', 'producer'] as const;
export type Workspace = (typeof WORKSPACES)[number];

const Lock = z.object({ packages: z.record(z.string(), z.looseObject({})) });
const Packed = z.tuple([z.object({ name: z.string(), filename: z.string() })]);

/** A package that npm packed, and installed into a folder that was empty. */
export interface InstalledPackage extends Disposable {
  readonly name: string;
  /** The user's folder, an ES module project with nothing but this package. */
  readonly folder: string;
  /** Where the package lies in it. */
  readonly path: string;
  readonly tarball: Uint8Array<ArrayBuffer>;
}

/**
 * Packs a package as `npm publish` would, and installs it in the versions of the lock file. They come
 * from npm's cache, where `npm ci` has put them; what is not there is fetched.
 */
export function installPackage(workspace: Workspace): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), 'package-test-'));
  const packing = ['pack', '--workspace', workspace, '--pack-destination', folder, '--json'];
  const [{ name, filename }] = Packed.parse(Object.values(JSON.parse(npm(ROOT, ...packing))));
  const manifest = { name: 'user', type: 'module', dependencies: { [name]: `file:${filename}` } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(userLock()));
  npm(folder, 'install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund');
  // What a program in TypeScript has beside it.
  symlinkSync(join(ROOT, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  return {
    name,
    folder,
    path: join(folder, 'node_modules', name),
    tarball: new Uint8Array(readFileSync(join(folder, filename))),
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true });
      for (const built of ['dist', 'LICENSE']) {
        rmSync(join(ROOT, workspace, built), { recursive: true });
      }
    },
  };
}

/** A lock file of nothing but versions: npm takes from it what a package needs, and leaves the rest. */
function userLock() {
  const { packages } = Lock.parse(readJson(join(ROOT, 'package-lock.json')));
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path.startsWith('node_modules/') && link !== true,
  );
  return { name: 'user', lockfileVersion: 3, packages: Object.fromEntries(installed) };
}

/** @returns what npm prints on standard output */
export function npm(folder: string, ...parts: string[]): string {
  return execFileSync('npm', parts, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
}
