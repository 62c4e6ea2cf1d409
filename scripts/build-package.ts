import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePage } from '../console/build-page.ts';
import { bundleFunction, DOOR_ENTRY_POINT } from '../infra/bundle.ts';

/**
 * Builds the package in the working folder; npm runs it before it packs. `dist` then holds what the
 * package's entry reaches, and nothing of an earlier build. With `--function` the bundles of the
 * function and of the doors for webhooks lie there too, with `--page` the page of the console, so that no user needs a bundler.
 */
rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { stdio: 'inherit' });
if (process.argv.includes('--function')) {
  bundleFunction(join('dist', 'function'));
  bundleFunction(join('dist', 'door'), DOOR_ENTRY_POINT);
}
if (process.argv.includes('--page')) writePage('dist');
// npm packs a licence only from the package's own folder.
copyFileSync(join(import.meta.dirname, '..', 'LICENSE'), 'LICENSE');
