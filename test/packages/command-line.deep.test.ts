import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { guid } from '../helpers/records.ts';
import { testEveryPackage } from './every-package.ts';
import { type InstalledPackage, installPackage } from './installed-package.ts';
import { testOnOldNode } from './old-node.ts';

const NAME = 'finerworks-image-updates';

let installed: InstalledPackage;
beforeAll(() => {
  installed = installPackage('cli');
});
afterAll(() => installed[Symbol.dispose]());

testEveryPackage('cli', 'dist/cli/main.js', () => installed);

test('npx runs it', () => {
  writeFileSync(
    join(installed.folder, 'events.ndjson'),
    `${JSON.stringify({ guid: guid(1), title: 'packed' })}\n{}\n`,
  );
  const validate = [NAME, 'validate', 'events.ndjson', '--json'];
  const { status, stdout } = spawnSync('npx', ['--offline', ...validate], {
    cwd: installed.folder,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ valid: false });
});

testOnOldNode('on a Node that is too old it says so in one line, and does nothing', (node) => {
  const { status, stdout, stderr } = spawnSync(node, [`node_modules/.bin/${NAME}`, '--help'], {
    cwd: installed.folder,
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^error: needs Node 22 or newer, and this is v20\.[\d.]+\n$/),
  });
});
