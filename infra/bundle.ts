import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The folder of the function's sources. */
export const LAMBDA_SOURCES = join(ROOT, 'lambda');
const ENTRY_POINT = join(LAMBDA_SOURCES, 'handler.ts');
/** The folder of the sources of the doors for webhooks. */
export const WEBHOOK_SOURCES = join(ROOT, 'webhooks');
/** Another function, which takes webhooks: a bundle of its own. */
export const DOOR_ENTRY_POINT = join(WEBHOOK_SOURCES, 'handler.ts');
/** Imported dynamically by the entry point, and by every start. */
const LOADED_AHEAD = 'lambda/processing.ts';
/** The file that Lambda loads; all others are loaded by it. */
export const ENTRY_FILE = 'index.mjs';

/**
 * The options of the one bundle: the stack deploys it, the construct's package holds it and the local system
 * runs it, so that what was tested is what runs.
 *
 * The SDK is bundled too (no `external`), so that its version is the tested one and not the one
 * that the runtime happens to carry.
 */
const OPTIONS = {
  absWorkingDir: ROOT,
  // Written by us: seen from here, the source map names its sources the same way on every machine, so
  // the same code has the same hash and is not deployed again.
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
  alias: {
    'mnemonist/lru-cache': join(ROOT, 'lambda/runtime/endpoint-map.ts'),
    'node:http': join(ROOT, 'lambda/runtime/node-http.ts'),
  },
  // Names go too: to keep them costs every start a call for each function that is made. Stack traces
  // have them from the source maps, and the SDK tells its errors by their shapes.
  minify: true,
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
 * Bundles the function.
 *
 * @param folder then holds {@link ENTRY_FILE}, its chunks and their source maps, and nothing that it held before
 * @param entryPoint its source; another one is bundled in the same way
 * @throws when esbuild does not accept the sources
 */
export function bundleFunction(folder: string, entryPoint = ENTRY_POINT): void {
  const { outputFiles } = buildSync({ ...OPTIONS, entryPoints: { index: entryPoint } });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) {
    writeFileSync(join(folder, basename(path)), contents);
  }
}

/**
 * The sources of which anything is in a bundle, relative to the repository.
 *
 * @param entryPoint of another function than the usual one
 * @throws when esbuild does not accept the sources
 */
export function bundledSources(entryPoint = ENTRY_POINT): string[] {
  const inputs = Object.values(outputsOf(entryPoint)).flatMap(({ inputs }) =>
    Object.entries(inputs),
  );
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return [...new Set(used.map(([source]) => source))];
}

/** Files of a bundle, with their bytes. */
type Sizes = ReadonlyMap<string, number>;

/**
 * The files of a bundle: those that a start reads before anything else, those that it reads while
 * the secret is on its way, and those that are only loaded when they are needed.
 *
 * @throws when esbuild does not accept the sources
 */
export function bundledFiles(entryPoint = ENTRY_POINT): {
  readonly atStart: Sizes;
  readonly ahead: Sizes;
  readonly later: Sizes;
} {
  const outputs = outputsOf(entryPoint);
  const atStart = importedBy([ENTRY_FILE], outputs);
  const roots = Object.keys(outputs).filter((file) => outputs[file]?.entryPoint === LOADED_AHEAD);
  const ahead = importedBy(roots, outputs).difference(atStart);
  const code = new Set(Object.keys(outputs).filter((file) => file.endsWith('.mjs')));
  const later = code.difference(atStart).difference(ahead);
  const sizes = (files: ReadonlySet<string>) =>
    new Map([...files].map((file) => [file, outputs[file]?.bytes ?? 0]));
  return { atStart: sizes(atStart), ahead: sizes(ahead), later: sizes(later) };
}

/** Files, and all that they import statically. */
function importedBy(files: readonly string[], outputs: Metafile['outputs']): Set<string> {
  const all = new Set<string>();
  const pending = [...files];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (all.has(file)) continue;
    all.add(file);
    const { imports = [] } = outputs[file] ?? {};
    const loaded = imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
    pending.push(...loaded.map(({ path }) => path));
  }
  return all;
}

function outputsOf(entryPoint: string): Metafile['outputs'] {
  return buildSync({ ...OPTIONS, entryPoints: { index: entryPoint }, metafile: true }).metafile
    .outputs;
}
