import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction, ENTRY_FILE } from '../../infra/bundle.ts';

/** A bundle, for as long as it is needed. */
export interface Bundle extends Disposable {
  /** The path of the file that Lambda loads. */
  readonly entryFile: string;
}

/**
 * Bundles a function into a temporary folder, which is there until it is disposed of, or the process ends.
 *
 * @param entryPoint another function's source, instead of this repository's
 * @throws when esbuild does not accept the sources
 */
export function temporaryBundle(entryPoint?: string): Bundle {
  const folder = mkdtempSync(join(tmpdir(), 'finerworks-image-updates-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Ctrl-C ends the process, and nothing is disposed of.
  process.once('exit', remove);
  bundleFunction(folder, entryPoint);
  return {
    entryFile: join(folder, ENTRY_FILE),
    [Symbol.dispose]: () => {
      process.off('exit', remove);
      remove();
    },
  };
}

/** A bundle that is there already, and stays. */
export function givenBundle(folder: string): Bundle {
  return { entryFile: join(folder, ENTRY_FILE), [Symbol.dispose]: () => {} };
}
