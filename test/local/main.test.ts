import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serve } from '../helpers/http-server.ts';
import { guid } from '../helpers/records.ts';

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));

/** Runs `npm start -- …`, with nothing on standard input unless it is given. */
async function start(options: readonly string[], input = '') {
  const child = spawn(process.execPath, [MAIN, ...options], { stdio: 'pipe' });
  child.stdin.end(input);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'exit');
  const [stdout, stderr] = await output;
  return { code, stdout, stderr };
}

let folder: string;
const file = async (name: string, content: string) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-main-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('npm start', () => {
  test('runs the sample events, accounts for each of them, and says why one is dead', async () => {
    const { code, stdout, stderr } = await start([]);
    expect(code).toBe(0);
    expect(stderr).toContain('Every event has left the queue');
    for (const line of [
      'events',
      'acknowledged',
      'calls',
      'InvalidEvent',
      'images[1].guid: not a UUID',
      'Refused',
    ]) {
      expect(stdout).toContain(line);
    }
  });

  test('takes events from standard input and prints one JSON object with --json', async () => {
    const events = [
      JSON.stringify({ guid: guid(1), title: 'a', time: '2024-11-23T10:00:00Z' }),
      JSON.stringify({ guid: guid(1), title: 'b', time: '2024-11-23T10:00:01Z' }),
      'not json',
    ];
    const { code, stdout } = await start(['--events', '-', '--json'], events.join('\n'));
    expect(code).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toEqual({
      events: 3,
      acknowledged: 2,
      deadLettered: 1,
      returned: 0,
      images: 1,
      imagesWanted: 1,
      imagesRight: 1,
      coalesced: 1,
      superseded: 0,
      unchanged: 0,
      calls: 1,
      listCalls: 2,
      ledgerReads: 1,
      ledgerWrites: 2,
      seconds: expect.any(Number),
      deadLetters: [
        { messageId: expect.any(String), reason: 'NotJson', detail: expect.any(String) },
      ],
    });
  });

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
    const images = await file('images.txt', `${guid(1)}\n`);
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
    const keys = await file('keys.json', '{"web_api_key":"a","app_key":"b"}');
    const options = ['--api', 'http://127.0.0.1:9', '--keys', keys, '--yes', '--events', '-'];
    const { code, stdout } = await start([...options, '--wait', '4', '--json'], events);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ events: 1, acknowledged: 0, returned: 1 });
  });

  test.each([
    ['an unknown option', ['--bogus'], /unknown option '--bogus'/],
    ['no number', ['--batch-size', 'many'], /Not a number/],
    ['what Lambda refuses', ['--batching-window-seconds', '0'], /window of at least 1 s/],
    ['a file that is not there', ['--events', '/nowhere/events'], /can't be read \(ENOENT\)/],
    ['no events', ['--events', '-'], /no events in it/],
    ['a reading that there is not', ['--reading', 'last-only'], /There is no reading last-only/],
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
    const { code, stderr, stdout } = await start(options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(line);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('does not change real images without being told so', async () => {
    const keys = await file('keys.json', '{"web_api_key":"a","app_key":"b"}');
    const events = JSON.stringify({ guid: guid(1), title: 'a' });
    const options = ['--api', 'https://a.example', '--keys', keys, '--events', '-'];
    const { code, stderr } = await start(options, events);
    expect(code).toBe(2);
    expect(stderr).toContain('add --yes');
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'npm start ends with 130 at once on %s',
  async (signal) => {
    const { promise: called, resolve } = Promise.withResolvers<void>();
    // Never answers, so that the run cannot end by itself before the signal comes.
    await using api = await serve(() => resolve());
    const keys = await file('keys.json', '{"web_api_key":"a","app_key":"b"}');
    const events = await file('one.ndjson', JSON.stringify({ guid: guid(1), title: 'a' }));
    const options = ['--api', api.url, '--keys', keys, '--yes', '--events', events];
    const child = spawn(process.execPath, [MAIN, ...options], { stdio: 'ignore' });
    const exited = once(child, 'exit');
    await called;
    child.kill(signal);
    expect(await exited).toEqual([130, null]);
  },
);

test('npm start -- --serve takes what any SDK sends, and Ctrl-C ends it cleanly', async () => {
  const child = spawn(process.execPath, [MAIN, '--serve'], { stdio: 'pipe' });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  while (!output.includes('Ctrl-C ends it.')) await once(child.stdout, 'data');
  const exports = Object.fromEntries(
    [...output.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const client = new SQSClient({
    endpoint: exports.AWS_ENDPOINT_URL_SQS ?? '',
    region: exports.AWS_REGION ?? '',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  await client.send(
    new SendMessageCommand({
      QueueUrl: exports.QUEUE_URL,
      MessageBody: JSON.stringify({ guid: guid(1), title: 'a' }),
    }),
  );
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
});
