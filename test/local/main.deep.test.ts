import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '../helpers/folder.ts';
import { serve } from '../helpers/http-server.ts';
import { guid } from '../helpers/records.ts';
import { expectRefusal, LOCAL_MAIN, start } from '../helpers/start-local.ts';

describe('npm start', () => {
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
    ['an unknown option', ['--bogus'], /unknown option '--bogus'/],
    ['a reading that there is not', ['--reading', 'last-only'], /There is no reading last-only/],
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

test('says of events that are left why, where none came back', async () => {
  const event = JSON.stringify({ guid: guid(1), title: 'a' });
  const { code, stderr } = await start(['--events', '-', '--wait', '0'], event);
  expect(code).toBe(1);
  expect(stderr).toContain('1 event left in the queue, and none came back so far');
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

test.each([
  ['--port', '4100'],
  ['--env', 'a.env'],
  ['--state', 'folder'],
  ['--webhooks'],
  ['--outcomes'],
])('%s goes with --serve', async (...options) => {
  await expectRefusal(options, /--port, --env, --state, --webhooks and --outcomes go with --serve/);
});

test('npm start -- --serve takes what any SDK sends, has a console, and Ctrl-C ends it cleanly', async () => {
  const child = spawn(process.execPath, [LOCAL_MAIN, '--serve'], { stdio: 'pipe' });
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
  const [, address = ''] = /^The console: (.*)$/m.exec(output) ?? [];
  expect((await fetch(address)).status).toBe(200);
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
});
