import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from '@jest/globals';

/** A Node of version 20 on the PATH, besides the one that this repository brings along. */
function findOldNode(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find((file) => existsSync(file) && versionOf(file).startsWith('v20.'));
}

function versionOf(file: string): string {
  return spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout;
}

/** A test that needs a Node of version 20, and says so where there is none. */
export function testOnOldNode(title: string, run: (node: string) => void | Promise<void>): void {
  const node = findOldNode();
  if (node === undefined) {
    test.skip(`${title} (SKIPPED: no Node 20 on the PATH)`, () => {});
  } else {
    test(title, () => run(node));
  }
}
