import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../cli/errors.ts';

/** Every file of the page, with its type: nothing else is ever served. */
export const PAGE_FILES = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  /** The editor, which is asked for with the first letter. */
  'mount.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  /** Sections of docs/runbook.md by their anchors. */
  'runbook.json': 'application/json',
} as const;
export type PageFile = keyof typeof PAGE_FILES;

/** The page, in memory. */
export type Page = Readonly<Record<PageFile, string>>;

/** Where the page lies after `npm run build`, seen from this file: the same in the repository and in the package. */
const BUILT = join(import.meta.dirname, '../page/dist');

/** @throws {UsageError} where it was not built */
export function readPage(): Page {
  const read = (name: PageFile) => readFileSync(join(BUILT, name), 'utf8');
  try {
    return pageOf(read);
  } catch (error) {
    throw new UsageError(
      'the page of the console is not built: start it with npm run cli -- console',
      { cause: error },
    );
  }
}

/** Makes a page of its files. */
export function pageOf(read: (name: PageFile) => string): Page {
  return {
    'index.html': read('index.html'),
    'page.js': read('page.js'),
    'mount.js': read('mount.js'),
    'page.css': read('page.css'),
    'icon.svg': read('icon.svg'),
    'runbook.json': read('runbook.json'),
  };
}
