import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { environmentOf } from '../helpers/cli.ts';
import { startTestConsole } from '../helpers/console.ts';
import { openSession, ownHeaders, send } from '../helpers/console-request.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { guid } from '../helpers/records.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

type TestConsole = Awaited<ReturnType<typeof startTestConsole>>;

/** Everything that changes something. */
const CHANGES = ['replay', 'cancel-replay', 'pause', 'resume', 'forget', 'send'];
const HUGE = JSON.stringify({ body: 'a'.repeat(11 * 1024 ** 2) });
const SECRET = 'a-key-that-stays-here';
const OVERVIEW = '/api/of/0/overview';
const REPLAY = { method: 'POST', path: '/api/of/0/change/replay', body: '{"force":false}' };

let queues: LocalQueues;
let console: TestConsole;
let own: Record<string, string>;
beforeAll(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
  await putDeadLetter(queues, { body: { guid: guid(1), title: 'a' }, reason: 'Refused' });
  const environment = { ...environmentOf(queues), AWS_SECRET_ACCESS_KEY: SECRET };
  console = await startTestConsole({ environment });
  own = ownHeaders(console, await openSession(console));
});
afterAll(async () => {
  await console[Symbol.asyncDispose]();
  await queues.close();
});

const host = () => new URL(console.origin).host;
const isUntouched = async () =>
  expect((await storedMessages(queues, queues.deadLetterQueueUrl)).length).toBe(1);

test('the page itself is answered, and sends nothing that browsers may keep', async () => {
  const { status, headers } = await send(console, { path: OVERVIEW, headers: own });
  expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
});

describe('who asks', () => {
  test.each([
    ['another name that leads to 127.0.0.1', { host: 'attacker.example' }],
    ['another name with the right port', { host: 'attacker.example:{port}' }],
    ['the right name with another port', { host: '127.0.0.1:1' }],
    ['no port', { host: '127.0.0.1' }],
  ])('a foreign Host is refused, session or not: %s', async (_name, headers) => {
    const { port } = new URL(console.origin);
    const foreign = { ...own, host: headers.host.replace('{port}', port) };
    for (const path of ['/', OVERVIEW, '/page.js']) {
      expect((await send(console, { path, headers: foreign })).status).toBe(421);
    }
  });

  test.each([
    ['another site', { origin: 'https://attacker.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a page without an origin', { origin: 'null' }],
    ['a name that only resembles it', { origin: 'http://127.0.0.1.attacker.example' }],
    ['no origin at all, which browsers never leave out here', { origin: '' }],
    ['a cross-site form', { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
    ['another port of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('a change that another page asks for is refused: %s', async (_name, foreign) => {
    const all = { ...own, ...foreign };
    const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    expect((await send(console, { ...REPLAY, headers })).status).toBe(403);
    await isUntouched();
  });

  test('reads of another page are refused too', async () => {
    const headers = { ...own, origin: 'https://attacker.example' };
    expect((await send(console, { path: OVERVIEW, headers })).status).toBe(403);
  });

  test('it listens on the loopback alone', async () => {
    const { port } = new URL(console.origin);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside) {
      const foreign = { origin: `http://${address}:${port}` };
      await expect(send(foreign, { headers: { host: host() } })).rejects.toThrow('ECONNREFUSED');
    }
  });
});

describe('the token', () => {
  test.each([
    ['none', '/'],
    ['a wrong one', '/?token=wrong'],
    ['a wrong one of the right length', `/?token=${'A'.repeat(43)}`],
    ['an empty one', '/?token='],
  ])('without a good one there is nothing: %s', async (_name, path) => {
    expect((await send(console, { path })).status).toBe(401);
    for (const other of [OVERVIEW, '/page.js', '/runbook.json', '/nothing']) {
      expect((await send(console, { path: other })).status).toBe(401);
    }
  });

  test('is good for one use, at the first page only, and the next one is printed', async () => {
    const { search } = new URL(console.address());
    expect((await send(console, { path: `${OVERVIEW}${search}` })).status).toBe(401);
    expect((await send(console, { path: `/${search}` })).status).toBe(200);
    expect((await send(console, { path: `/${search}` })).status).toBe(401);
    expect(console.lines).toContain(`For another browser: ${console.address()}`);
  });

  test('becomes a cookie that scripts do not read and other sites do not send', async () => {
    const cookie = await openSession(console);
    expect(cookie).toMatch(/^console-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('a forged cookie is worth nothing', async () => {
    const [name = ''] = (own.cookie ?? '').split('=');
    const headers = { ...own, cookie: `${name}=${'A'.repeat(43)}` };
    expect((await send(console, { path: OVERVIEW, headers })).status).toBe(401);
  });
});

describe('what is sent', () => {
  test.each([
    '/../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/page.js/../../../package.json',
    '/api/of/0/../../../package.json',
    '//etc/passwd',
    '/page.css%00.js',
  ])('no path leads to another file: %s', async (path) => {
    const { status, text } = await send(console, { path, headers: own });
    expect([status, text]).toEqual([404, '{"error":"there is nothing here"}']);
  });

  test.each([
    ['that says its length', { 'content-length': String(HUGE.length) }],
    ['that comes in chunks', { 'transfer-encoding': 'chunked' }],
  ])('a body of more than 10 MiB is refused: one %s', async (_name, length) => {
    const headers = { ...own, ...length };
    const path = '/api/of/0/ask/check';
    const { status } = await send(console, { method: 'POST', path, headers, body: HUGE });
    expect(status).toBe(413);
  });

  test.each([
    '[]',
    '{',
    '{"force":"yes"}',
    '{"force":false,"limit":-1}',
    '{"force":false,"body":"x"}',
  ])('what is not as it must be does nothing: %s', async (body) => {
    expect((await send(console, { ...REPLAY, body, headers: own })).status).toBe(400);
    await isUntouched();
  });

  test('every answer forbids frames, foreign sources, scripts within pages and guesses at types', async () => {
    for (const path of ['/', OVERVIEW, '/nothing']) {
      const { headers } = await send(console, { path, headers: own });
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('no answer holds credentials', async () => {
    const texts = await Promise.all(
      ['/', '/page.js', '/api/session', OVERVIEW, '/api/of/0/replays'].map(
        async (path) => (await send(console, { path, headers: own })).text,
      ),
    );
    expect(texts.filter((text) => text.includes(SECRET))).toEqual([]);
  });
});

describe('--read-only', () => {
  test('refuses every change at the server, and notes it; questions are answered', async () => {
    await using quiet = await startTestConsole({
      environment: environmentOf(queues),
      isReadOnly: true,
    });
    const headers = ownHeaders(quiet, await openSession(quiet));
    for (const change of CHANGES) {
      const path = `/api/of/0/change/${change}`;
      const { status } = await send(quiet, { method: 'POST', path, headers, body: '{}' });
      expect([change, status]).toEqual([change, 403]);
    }
    expect(quiet.actions()).toMatchObject(
      CHANGES.map((action) => ({ action, result: 'refused: read-only' })),
    );
    const path = '/api/of/0/ask/read-letters';
    const { status } = await send(quiet, { method: 'POST', path, headers, body: '{}' });
    expect(status).toBe(200);
    await isUntouched();
  });
});

test('the action log says who did what, when and how it ended', async () => {
  const path = '/api/of/0/change/cancel-replay';
  await send(console, { method: 'POST', path, headers: own, body: '{"id":"nobody\\u001b[2J"}' });
  expect(console.actions().at(-1)).toMatchObject({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    who: { user: expect.any(String) },
    action: 'cancel-replay',
    deployment: 'local system',
    replay: 'nobody\u001b[2J',
    result: 'done',
  });
  expect(console.lines.join('')).not.toContain('\u001b');
});
