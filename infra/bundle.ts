import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';

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
  entryPoints: [fileURLToPath(new URL('../lambda/handler.ts', import.meta.url))],
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
 * @returns the folder, which holds `index.mjs` and its source map
 * @throws when esbuild does not accept the sources
 */
export function bundleFunction(): string {
  const folder = mkdtempSync(join(tmpdir(), 'finerworks-image-updates-'));
  buildSync({ ...OPTIONS, outfile: join(folder, 'index.mjs') });
  return folder;
}
