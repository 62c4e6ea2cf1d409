import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '../helpers/folder.ts';
import { serve } from '../helpers/http-server.ts';
import { guid } from '../helpers/records.ts';
import { expectRefusal, LOCAL_MAIN, start } from '../helpers/start-local.ts';

describe('npm start', () => {
  test('takes an emoji, and names the line that no queue takes', async () => {
    const emoji = JSON.stringify({ guid: guid(1), title: 'Blue Heron 🦩' });
    const taken = await start(['--events', '-', '--json'], emoji);
    expect(taken.code).toBe(0);
    expect(JSON.parse(taken.stdout.trimEnd())).toMatchObject({ acknowledged: 1, deadLettered: 0 });
    const bad = JSON.stringify({ guid: guid(1), title: 'a\uFFFEb' });
    const refused = await start(['--events', '-'], `${emoji}\n\n${bad}\n`);
    expect(refused).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: -:3: SQS takes no message with U+FFFE in it; JSON can write it as an escape\n',
    });
  });

  test('lets the stand-in know only the images that --images names', async () => {
    const events = [1, 2].map((n) => JSON.stringify({ guid: guid(n), title: 'a' })).join('\n');
    await using folder = await temporaryFolder();
    const images = await folder.write('images.txt', `${guid(1)}\n`);
    const { stdout } = await start(['--events', '-', '--images', images, '--json'], events);
    expect(JSON.parse(stdout)).toMatchObject({ acknowledged: 1, deadLettered: 1 });
  });

  test('ends with every image right, whatever a call takes of its images', async () => {
    const { code, stdout } = await start(['--reading', 'first-only,trim-texts', '--json']);
    expect(code).toBe(0);
    const { imagesWanted, imagesRight } = JSON.parse(stdout);
    expect([imagesWanted, imagesRight]).toEqual([13, 13]);
  });

  test('ends with 1 when events are still in the queue', async () => {
    const events = JSON.stringify({ guid: guid(1), title: 'a' });
    await using folder = await temporaryFolder();
    const keys = await folder.write('keys.json', '{"web_api_key":"a","app_key":"b"}');
    const options = ['--api', 'http://127.0.0.1:9', '--keys', keys, '--yes', '--events', '-'];
    const { code, stdout } = await start([...options, '--wait', '4', '--json'], events);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ events: 1, acknowledged: 0, returned: 1 });
  });

  test.each([
    ['no number', ['--batch-size', 'many'], /Not a number/],
    ['what Lambda refuses', ['--batching-window-seconds', '0'], /window of at least 1 s/],
    ['a file that is not there', ['--events', '/nowhere/events'], /can't be read \(ENOENT\)/],
    ['no events', ['--events', '-'], /no events in it/],
    [
      'readings of a real endpoint',
      ['--api', 'https://a.example', '--keys', 'k', '--events', 'e', '--reading', 'late-list'],
      /does not go with --api/,
    ],
    ['an endpoint without keys', ['--api', 'https://a.example'], /--api and --keys go together/],
    [
      'plain http',
      ['--api', 'http://a.example', '--keys', 'k', '--events', 'e'],
      /must be an https/,
    ],
  ])('ends with 2 and one clear line for %s', async (_name, options, line) => {
    await expectRefusal(options, line);
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'npm start ends with 130 at once on %s',
  async (signal) => {
    const { promise: called, resolve } = Promise.withResolvers<void>();
    // Never answers, so that the run cannot end by itself before the signal comes.
    await using api = await serve(() => resolve());
    await using folder = await temporaryFolder();
    const keys = await folder.write('keys.json', '{"web_api_key":"a","app_key":"b"}');
    const events = await folder.write('one.ndjson', JSON.stringify({ guid: guid(1), title: 'a' }));
    const options = ['--api', api.url, '--keys', keys, '--yes', '--events', events];
    const child = spawn(process.execPath, [LOCAL_MAIN, ...options], { stdio: 'ignore' });
    const exited = once(child, 'exit');
    await called;
    child.kill(signal);
    expect(await exited).toEqual([130, null]);
  },
);
