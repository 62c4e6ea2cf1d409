// @ts-nocheck
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { addressOf, hold, holdFiles } from '../../../cli/sending/hold-files.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

describe('a file is held', () => {
  test('by one at a time, by whatever name it is called, until it is released', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('events.ndjson', '');
    await symlink(file, folder.at('link.ndjson'));
    const first = await holdFiles([
      file,
      folder.at('link.ndjson'),
      `${folder.path}/./events.ndjson`,
    ]);
    await expect(holdFiles([folder.at('link.ndjson')])).rejects.toThrow(
      `${folder.at('link.ndjson')}: another process is sending it`,
    );
    await first[Symbol.asyncDispose]();
    await using _second = await holdFiles([file]);
  });

  test('with all others that are asked for, or with none of them', async () => {
    await using folder = await temporaryFolder();
    const [one, other] = [await folder.write('one', ''), await folder.write('other', '')];
    const held = await holdFiles([other]);
    await expect(holdFiles([one, other])).rejects.toThrow(/other: another process/);
    await using _one = await holdFiles([one]);
    await held[Symbol.asyncDispose]();
  });

  test('also where it is not there, which is for others to tell', async () => {
    await using folder = await temporaryFolder();
    await using _held = await holdFiles([folder.at('nothing')]);
  });
});

test('an address that is a file outlives its process, and is taken over then and not before', async () => {
  await using folder = await temporaryFolder();
  const address = folder.at('socket');
  const listen = "require('node:net').createServer().listen(process.argv[1], () => console.log(1))";
  const child = spawn(process.execPath, ['-e', listen, address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  await expect(hold(address, 'events.ndjson')).rejects.toThrow(
    'events.ndjson: another process is sending it; nothing was sent by this one',
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  const server = await hold(address, 'events.ndjson');
  await expect(hold(address, 'events.ndjson')).rejects.toThrow(/another process/);
  await server[Symbol.asyncDispose]();
});

test('an address is a file only where it must be, and short enough for one', () => {
  const path = `/${'long/'.repeat(100)}`;
  expect(addressOf(path, 'linux')).toMatch(/^\0finerworks-[0-9a-f]{32}$/);
  expect(addressOf(path, 'win32')).toMatch(/^\\\\\.\\pipe\\finerworks-[0-9a-f]{32}$/);
  expect(addressOf(path, 'darwin')).toMatch(/\/finerworks-[0-9a-f]{32}$/);
  expect(addressOf(path, 'linux')).not.toBe(addressOf(`${path}x`, 'linux'));
});
