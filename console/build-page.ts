import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';
import { PAGE_FILES, type Page, pageOf } from './server/page-files.ts';

const SOURCES = join(import.meta.dirname, 'page');
const RUNBOOK = join(import.meta.dirname, '../docs/runbook.md');

/**
 * Bundles the page: scripts, a style, and what the browser loads first.
 *
 * @throws when esbuild does not accept the sources
 */
export function buildPage(): Page {
  const { outputFiles } = buildSync({
    absWorkingDir: SOURCES,
    entryPoints: { page: 'main.tsx' },
    outdir: SOURCES,
    write: false,
    bundle: true,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]',
    // Browsers that this year's security updates are for.
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  // A part that the server does not know would be missing only where somebody needs it.
  const unknown = outputFiles.find(({ path }) => !(basename(path) in PAGE_FILES));
  if (unknown !== undefined) throw new Error(`the server knows no ${basename(unknown.path)}`);
  return pageOf((name) => {
    if (name === 'runbook.json') return JSON.stringify(runbook());
    const built = outputFiles.find(({ path }) => path.endsWith(name));
    return built?.text ?? readFileSync(join(SOURCES, name), 'utf8');
  });
}

/** Writes the page where the server reads it. @param folder in which the server was built */
export function writePage(folder = join(import.meta.dirname, '..')): void {
  const built = join(folder, 'console/page/dist');
  mkdirSync(built, { recursive: true });
  for (const [name, content] of Object.entries(buildPage())) {
    writeFileSync(join(built, name), content);
  }
}

/** The runbook's sections, by the anchors that their headings get where Markdown is shown. */
function runbook() {
  const text = readFileSync(RUNBOOK, 'utf8');
  const sections = text
    .split(/^###? /m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      const anchor = title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(/\s/g, '-');
      return [anchor, { title, text: lines.join('\n').trim() }] as const;
    });
  return Object.fromEntries(sections);
}
