import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const TEST_GLOBALS = new URL('./test-globals.ts', import.meta.url).href;
const GRAPH = /\?graph=\d+$/;
let graphs = 0;
let mutated: readonly string[] = [];

/**
 * From now on, TypeScript below the root loads with its mutants in it, and each test file has
 * modules of its own, as with Jest: `?graph=7` goes from the test file's address to those of all that
 * it imports.
 */
export function loadWithMutants(root: string, code: Readonly<Record<string, string>>): void {
  mutated = Object.keys(code);
  const ours = pathToFileURL(`${root}/`).href;
  const stripped = new Map<string, string>();
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@jest/globals') return { url: TEST_GLOBALS, shortCircuit: true };
      const resolved = next(specifier, context);
      const graph = GRAPH.exec(specifier) ?? GRAPH.exec(context.parentURL ?? '');
      if (graph === null || !isOurs(resolved.url, ours)) return resolved;
      return { ...resolved, url: resolved.url.replace(GRAPH, '') + graph[0] };
    },
    load(url, context, next) {
      if (!GRAPH.test(url)) return next(url, context);
      const path = fileURLToPath(url.replace(GRAPH, ''));
      const source =
        stripped.get(path) ?? stripTypeScriptTypes(code[path] ?? readFileSync(path, 'utf8'));
      stripped.set(path, source);
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

const isOurs = (url: string, ours: string) =>
  url.startsWith(ours) && !url.includes('/node_modules/') && url.replace(GRAPH, '').endsWith('.ts');

/**
 * Loads a test file, and anew all of ours that it imports. The sources with mutants load now, also those
 * that the function imports only when it needs them: what runs as they load is no test's doing.
 */
export async function loadAnew(file: string): Promise<void> {
  graphs += 1;
  for (const path of [file, ...mutated]) {
    await import(`${pathToFileURL(path).href}?graph=${graphs}`);
  }
}
