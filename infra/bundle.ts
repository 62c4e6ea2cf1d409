import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The package is published as JavaScript; in the repository everything is TypeScript. */
const LANGUAGE = extname(fileURLToPath(import.meta.url));

const ENTRY_POINT = join(ROOT, `lambda/handler${LANGUAGE}`);

/** Where Lambda finds the function inside the bundle's folder. */
export const HANDLER = 'index.handler';

/**
 * The one way the function is bundled: the stack deploys and the local system runs what comes
 * out of these options, so that what was tested is what runs.
 *
 * The SDK is bundled too (no `external`), so that its version is the tested one and not the one
 * that the runtime happens to carry.
 */
const OPTIONS = {
  absWorkingDir: ROOT,
  // Written by ourselves: seen from here, the source map names its sources the same way on every
  // machine, so that the same code has the same hash and is not deployed again.
  outfile: join(ROOT, 'index.mjs'),
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  // CommonJS packages inside an ES module bundle still call `require` for Node's own modules.
  banner: {
    js: "import{createRequire as bundledRequire}from'node:module';const require=bundledRequire(import.meta.url);",
  },
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles the function into a new temporary folder.
 *
 * @param entryPoint its source; another one is bundled in the same way
 * @returns the folder, which holds `index.mjs` and its source map
 * @throws when esbuild does not accept the sources
 */
export function bundleFunction(entryPoint = ENTRY_POINT): string {
  const folder = mkdtempSync(join(tmpdir(), 'finerworks-image-updates-'));
  const { outputFiles } = buildSync({ ...OPTIONS, entryPoints: [entryPoint] });
  for (const { path, contents } of outputFiles) {
    writeFileSync(join(folder, basename(path)), contents);
  }
  return folder;
}

/**
 * The sources of which anything is in the bundle, relative to the repository.
 *
 * @throws when esbuild does not accept the sources
 */
export function bundledSources(): string[] {
  const { metafile } = buildSync({ ...OPTIONS, entryPoints: [ENTRY_POINT], metafile: true });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([source]) => source);
}
