import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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

test('its console has the page, and needs no build', async () => {
  const environment = {
    ...process.env,
    QUEUE_URL: 'http://127.0.0.1:9/1/queue',
    AWS_REGION: 'eu-west-1',
  };
  const child = spawn('node', [`node_modules/.bin/${NAME}`, 'console', '--no-open'], {
    cwd: installed.folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const [, address = ''] =
    /^The console: (\S+)/.exec(String((await once(child.stderr, 'data'))[0])) ?? [];
  const answer = await fetch(address);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(await answer.text()).toContain('<script type="module" src="/page.js">');
  const script = await fetch(new URL('/page.js', address), { headers: { cookie } });
  expect([script.status, (await script.text()).length]).toEqual([200, expect.any(Number)]);
  child.kill('SIGINT');
  expect((await exited)[0]).toBe(130);
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
