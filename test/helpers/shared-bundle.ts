import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction, DOOR_ENTRY_POINT } from '../../infra/bundle.ts';

/**
 * The function's bundle, built once for all files of a run, whose temporary folder it goes with.
 *
 * @returns its folder, which nobody may change
 * @throws when esbuild does not accept the sources
 */
export function sharedBundle(): string {
  return shared('shared-bundle');
}

/** The same of the doors for webhooks. */
export function sharedDoorBundle(): string {
  return shared('shared-door-bundle', DOOR_ENTRY_POINT);
}

function shared(name: string, entryPoint?: string): string {
  const folder = join(tmpdir(), name);
  if (existsSync(folder)) return folder;
  const built = mkdtempSync(`${folder}-`);
  bundleFunction(built, entryPoint);
  try {
    renameSync(built, folder);
  } catch (error) {
    // Another worker was first.
    if (!existsSync(folder)) throw error;
    rmSync(built, { recursive: true });
  }
  return folder;
}
