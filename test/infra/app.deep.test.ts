import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inFolder, runApp } from './run-app.ts';

test('makes the stack with nothing to complain of', () => {
  inFolder((folder) => {
    const { status, stdout, stderr } = runApp({}, folder);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^Bundling asset \S+\n$/);
    const template = readFileSync(join(folder, 'FinerWorksImageUpdates.template.json'), 'utf8');
    expect(template).toContain('"Handler": "index.handler"');
    const folders = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());
    expect(folders.map(({ name }) => name)).toEqual([expect.stringMatching(/^asset\./)]);
  });
});
