import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'aws-lambda-ric';
const VERSION = '4.0.2';
/** Goes with `node_modules`; what is compiled is for one version of Node and one machine. */
const CACHE = fileURLToPath(
  new URL(
    `../../node_modules/.cache/${NAME}-${VERSION}-${process.platform}-${process.arch}-${process.version}`,
    import.meta.url,
  ),
);
/** All that it runs with; the rest is what it was compiled from. */
const FILES = ['rapid-client.node', 'index.mjs'];

/**
 * Installs AWS's own runtime interface client, which takes a minute or two the first time. It is no
 * dependency of the repository: everybody would have to compile it.
 *
 * @returns its file; or why it can't be installed
 */
export function installRuntimeClient(): { readonly file: string } | { readonly why: string } {
  const file = join(CACHE, 'index.mjs');
  if (existsSync(file)) return { file };
  using folder = mkdtempDisposableSync(join(tmpdir(), `${NAME}-`));
  const manifest = { private: true, allowScripts: { [NAME]: true } };
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify(manifest));
  const { status, stderr } = spawnSync(
    'npm',
    ['install', `${NAME}@${VERSION}`, '--no-audit', '--no-fund', '--no-package-lock'],
    { cwd: folder.path, encoding: 'utf8', timeout: 600_000 },
  );
  const installed = join(folder.path, 'node_modules', NAME);
  // On macOS it installs, and compiles nothing.
  const isCompiled = FILES.every((name) => existsSync(join(installed, name)));
  if (status !== 0 || !isCompiled) return { why: stderr.trim().split('\n').at(-1) ?? '' };
  mkdirSync(CACHE, { recursive: true });
  for (const name of FILES) copyFileSync(join(installed, name), join(CACHE, name));
  return { file };
}

/** The same; undefined where it can't be installed, and the imitation has to do. */
export function installedRuntimeClient(): string | undefined {
  const installed = installRuntimeClient();
  return 'file' in installed ? installed.file : undefined;
}
