import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The package is published as JavaScript; in the repository everything is TypeScript. */
const LANGUAGE = extname(fileURLToPath(import.meta.url));

const ENTRY_POINT = join(ROOT, `lambda/handler${LANGUAGE}`);
/** The file that Lambda loads; all others are loaded by it. */
export const ENTRY_FILE = 'index.mjs';

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
  outdir: ROOT,
  outExtension: { '.js': '.mjs' },
  write: false,
  bundle: true,
  // What is imported dynamically gets files of its own, and a cold start does not read them: most
  // of all the SDK's ways to get credentials that Lambda has no use for (docs/benchmarks.md).
  splitting: true,
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
 * @returns the folder, which holds {@link ENTRY_FILE}, its chunks and their source maps
 * @throws when esbuild does not accept the sources
 */
export function bundleFunction(entryPoint = ENTRY_POINT): string {
  const folder = mkdtempSync(join(tmpdir(), 'finerworks-image-updates-'));
  const { outputFiles } = buildSync({ ...OPTIONS, entryPoints: { index: entryPoint } });
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
  const inputs = Object.values(outputsOf(ENTRY_POINT)).flatMap(({ inputs }) =>
    Object.entries(inputs),
  );
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return [...new Set(used.map(([source]) => source))];
}

/**
 * The files of a bundle, with their bytes: those that a cold start reads, and those that are only
 * loaded when they are needed.
 *
 * @throws when esbuild does not accept the sources
 */
export function bundledFiles(entryPoint = ENTRY_POINT): {
  readonly atStart: ReadonlyMap<string, number>;
  readonly later: ReadonlyMap<string, number>;
} {
  const outputs = outputsOf(entryPoint);
  const atStart = new Map<string, number>();
  const pending = [ENTRY_FILE];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    const output = outputs[file];
    if (output === undefined || atStart.has(file)) continue;
    atStart.set(file, output.bytes);
    const loaded = output.imports.filter(({ kind }) => kind === 'import-statement');
    pending.push(...loaded.map(({ path }) => path));
  }
  const code = Object.entries(outputs).filter(([file]) => file.endsWith('.mjs'));
  const later = code.filter(([file]) => !atStart.has(file));
  return { atStart, later: new Map(later.map(([file, { bytes }]) => [file, bytes])) };
}

function outputsOf(entryPoint: string): Metafile['outputs'] {
  return buildSync({ ...OPTIONS, entryPoints: { index: entryPoint }, metafile: true }).metafile
    .outputs;
}
