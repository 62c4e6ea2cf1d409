import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** These run only inside the bundle, whose tests (`test/local`) load no module that could be mutated. */
const LEFT_OUT = new Set([
  'lambda/handler.ts',
  'lambda/processing.ts',
  'lambda/queue/sqs.ts',
  'lambda/runtime/failed-records.ts',
  'lambda/runtime/keys-middleware.ts',
  'lambda/runtime/powertools.ts',
  'lambda/runtime/secret.ts',
  'lambda/runtime/telemetry.ts',
]);

/**
 * @param paths files or folders below the root
 * @returns the paths of the function's sources among them, relative to the root
 * @throws where a path does not exist or holds no source
 */
export function sourcesAt(root: string, paths: readonly string[]): string[] {
  const found = paths.flatMap((path) => {
    const sources = statSync(join(root, path)).isFile()
      ? [path]
      : globSync(`${path.replace(/\/$/, '')}/**/*.ts`, { cwd: root }).sort();
    if (sources.length === 0) throw new Error(`There is no source in ${path}.`);
    return sources;
  });
  return [...new Set(found)].filter((path) => !LEFT_OUT.has(path));
}

/** @returns the paths of the test files of `lambda`, relative to the root */
export function testsOfFunction(root: string): string[] {
  return globSync('test/lambda/**/*.test.ts', { cwd: root }).sort();
}
