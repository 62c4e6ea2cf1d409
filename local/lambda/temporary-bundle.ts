import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction, ENTRY_FILE } from '../../infra/bundle.ts';

/** A bundle that is there until it is disposed of, or the process ends. */
export interface TemporaryBundle extends Disposable {
  /** The path of the file that Lambda loads. */
  readonly entryFile: string;
}

/**
 * Bundles a function into a temporary folder.
 *
 * @param entryPoint another function's source, in the place of this repository's
 * @throws when esbuild does not accept the sources
 */
export function temporaryBundle(entryPoint?: string): TemporaryBundle {
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
