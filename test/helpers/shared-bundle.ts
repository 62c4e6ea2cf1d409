import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction } from '../../infra/bundle.ts';

/**
 * The function's bundle, built once for all files of a run, whose temporary folder it goes with.
 *
 * @returns its folder, which nobody may change
 * @throws when esbuild does not accept the sources
 */
export function sharedBundle(): string {
  const shared = join(tmpdir(), 'shared-bundle');
  if (existsSync(shared)) return shared;
  const built = mkdtempSync(`${shared}-`);
  bundleFunction(built);
  try {
    renameSync(built, shared);
  } catch (error) {
    // Another worker was first.
    if (!existsSync(shared)) throw error;
    rmSync(built, { recursive: true });
  }
  return shared;
}
