import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { bundleFunction } from '../../infra/bundle.ts';

/** Every file of a new bundle with its content. */
function bundled(): Map<string, string> {
  const folder = bundleFunction();
  try {
    const names = readdirSync(folder).sort();
    return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the bundle is one minified module and its source map', () => {
  const files = bundled();
  expect([...files.keys()]).toEqual(['index.mjs', 'index.mjs.map']);
  expect(files.get('index.mjs')).toMatch(/\/\/# sourceMappingURL=index\.mjs\.map\s*$/);
});

test('the bundle is the same each time, and names its sources as the repository does', () => {
  const files = bundled();
  expect(bundled()).toEqual(files);
  const { sources } = JSON.parse(files.get('index.mjs.map') ?? '');
  expect(sources).toContain('lambda/handler.ts');
  for (const source of sources) expect(source).toMatch(/^(lambda|node_modules)\//);
});
