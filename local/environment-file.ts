import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from './events.ts';

/** The first line of each such file: no other file is overwritten or removed. */
const MARK = '# written by npm start -- --serve, and removed at its end';

/** The lines by which a shell takes variables. Names and addresses, which need no quotation marks. */
export function exportsOf(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `export ${name}=${value}`);
}

/**
 * Writes variables into a file that a shell can source, until it is disposed of or the process ends.
 *
 * @throws {UsageError} where a file of another kind is there, or it can't be written
 */
export function writeEnvironmentFile(
  path: string,
  environment: Readonly<Record<string, string>>,
): Disposable {
  if (existsSync(path) && !readFileSync(path, 'utf8').startsWith(MARK)) {
    throw new UsageError(`${path}: is there already, and holds something else; name another`);
  }
  try {
    // Whole at once: scripts wait for the file.
    writeFileSync(`${path}.new`, `${[MARK, ...exportsOf(environment)].join('\n')}\n`);
    renameSync(`${path}.new`, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageError(`${path}: can't be written (${code})`, { cause: error });
  }
  const remove = () => rmSync(path, { force: true });
  process.once('exit', remove);
  return {
    [Symbol.dispose]: () => {
      process.off('exit', remove);
      remove();
    },
  };
}
