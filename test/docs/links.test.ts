import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { anchorOf } from '../helpers/runbook.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOT_OURS = ['node_modules', 'reports', 'dist', '.build', 'cdk.out'];

const DOCUMENTS = globSync('**/*.md', { cwd: ROOT, exclude: (name) => NOT_OURS.includes(name) });
const withoutCode = (page: string) => page.replaceAll(/^\s*```[\s\S]*?^\s*```$/gm, '');
const textOf = (path: string) => withoutCode(readFileSync(join(ROOT, path), 'utf8'));

/** Where the links of a page lead within the repository. */
const linksOf = (path: string) =>
  [...textOf(path).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target));

const anchorsOf = (path: string) =>
  [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

function leadsSomewhere(document: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? document : join(dirname(document), file);
  if (!existsSync(join(ROOT, path))) return false;
  return anchor === undefined || anchorsOf(path).includes(anchor);
}

test('there are documents with links', () => {
  expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', 'docs/README.md']));
  expect(linksOf('docs/README.md')).toContain('runbook.md');
});

test.each(DOCUMENTS)('every link of %s leads to a file, and to a heading of it', (document) => {
  expect(linksOf(document).filter((target) => !leadsSomewhere(document, target))).toEqual([]);
});

test('every document in docs is in the index', () => {
  const listed = linksOf('docs/README.md').map((target) => join('docs', target));
  const documents = DOCUMENTS.filter((path) => /^docs\/(?!README)[^/]*\.md$/.test(path));
  expect(documents.filter((path) => !listed.includes(path))).toEqual([]);
});
