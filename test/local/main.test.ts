import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '../helpers/folder.ts';
import { guid } from '../helpers/records.ts';
import { expectRefusal, LOCAL_MAIN, start } from '../helpers/start-local.ts';

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
      'images[1].guid: "not-a-guid" is not a UUID',
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

  test.each([
    ['an unknown option', ['--bogus'], /unknown option '--bogus'/],
    ['a reading that there is not', ['--reading', 'last-only'], /There is no reading last-only/],
  ])('ends with 2 and one clear line for %s', async (_name, options, line) => {
    await expectRefusal(options, line);
  });

  test('does not change real images without being told so', async () => {
    await using folder = await temporaryFolder();
    const keys = await folder.write('keys.json', '{"web_api_key":"a","app_key":"b"}');
    const events = JSON.stringify({ guid: guid(1), title: 'a' });
    const options = ['--api', 'https://a.example', '--keys', keys, '--events', '-'];
    const { code, stderr } = await start(options, events);
    expect(code).toBe(2);
    expect(stderr).toContain('add --yes');
  });
});

test('says of events that are left why, where none came back', async () => {
  const event = JSON.stringify({ guid: guid(1), title: 'a' });
  const { code, stderr } = await start(['--events', '-', '--wait', '0'], event);
  expect(code).toBe(1);
  expect(stderr).toContain('1 event left in the queue, and none came back so far');
});

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
