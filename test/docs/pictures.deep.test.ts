import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const INSPECT = join(ROOT, 'scripts/docs/figures/inspect.ts');
const DOCUMENTS = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })];
const NO_BROWSER = 3;

/** Every picture that a document shows, from the root. */
const shown = DOCUMENTS.flatMap((document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return [...text.matchAll(/!\[[^\]]*\]\(([^)]+\.svg)\)/g)].map(([, path = '']) =>
    join(dirname(document), path),
  );
});
const pictures = [...new Set(shown)].sort();

/** What is wrong with each; undefined where there is no browser. */
function inspect(files: readonly string[]): Record<string, string[]> | undefined {
  // The browser unpacks itself into the temporary directory.
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [INSPECT, ...files], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: folder },
    });
    if (status === NO_BROWSER) {
      process.stderr.write(
        `\nSKIPPED: nobody looked at the pictures of the documents: ${stderr}\n`,
      );
      return undefined;
    }
    if (status !== 0) throw new Error(stderr);
    return z.record(z.string(), z.array(z.string())).parse(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const fixtures = globSync('test/docs/bad-pictures/*.svg', { cwd: ROOT }).sort();
const faults = inspect([...pictures, ...fixtures]);
describe('in a browser', () => {
  const inBrowser = faults === undefined ? test.skip : test;

  inBrowser.each(pictures)('%s shows its marks, and every text whole and apart', (picture) => {
    expect(faults?.[picture]).toEqual([]);
  });

  inBrowser('what is wrong with a picture is found', () => {
    const found = fixtures.map((file) => [
      relative('test/docs/bad-pictures', file),
      faults?.[file],
    ]);
    expect(Object.fromEntries(found)).toEqual({
      'bars-without-width.svg': ['has no area: 200 calls'],
      'cut-texts.svg': ['cut short: this product,…', 'cut off: Powertools'],
      'empty.svg': ['nothing is drawn'],
      'texts-on-texts.svg': ['one over the other: 2,000 / 3,000'],
    });
  });
});

test('every picture is shown in some document', () => {
  expect(pictures).toEqual(globSync('docs/figures/*.svg', { cwd: ROOT }).sort());
});
