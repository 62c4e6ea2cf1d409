import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/**
 * Builds the package's `bin`: Node runs TypeScript as it is, but not inside node_modules, where an
 * installed package lives (Node.js: modules, type stripping). Dependencies stay outside, since the
 * package manager brings them.
 */
const outfile = fileURLToPath(new URL('../dist/cli.mjs', import.meta.url));
buildSync({
  entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node22',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
chmodSync(outfile, 0o755);
