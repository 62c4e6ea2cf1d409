import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { environmentOf } from '../helpers/cli.ts';
import { startTestConsole } from '../helpers/console.ts';
import { openSession, ownHeaders, send } from '../helpers/console-request.ts';
import { type KeptTrail, logDeath, startKeptTrail } from '../helpers/kept-trail.ts';
import { until } from '../helpers/local-run.ts';

const TAIL = '/api/of/0/tail?minutes=60';

type TestConsole = Awaited<ReturnType<typeof startTestConsole>>;

let kept: KeptTrail;
let console: TestConsole;
let own: Record<string, string>;
beforeAll(async () => {
  kept = await startKeptTrail();
  console = await startTestConsole({ environment: kept.environment });
  own = ownHeaders(console, await openSession(console));
});
afterAll(async () => {
  await console[Symbol.asyncDispose]();
  await kept[Symbol.asyncDispose]();
});

/** Opens a tail as a browser does, but for what a test says. */
async function openTail(headers: Record<string, string> = {}, of: TestConsole = console) {
  const { hostname, port } = new URL(of.origin);
  const options = { hostname, port, path: TAIL, headers: { ...own, ...headers }, agent: false };
  const sent = request(options).end();
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  let told = '';
  answer?.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  answer?.on('error', () => {});
  return {
    headers: answer?.headers,
    /** Waits for a text of the stream. */
    tells: (text: string) => until(() => told.includes(text)),
    told: () => told,
    close: () => sent.destroy(),
  };
}

test('a tail goes on after the last line that its page knows, of which some come again', async () => {
  kept.log.add('{"message":"another line"}');
  logDeath(kept, 'order-1');
  const first = await openTail();
  await first.tells('order-1');
  expect(first.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  expect(first.told()).not.toContain('another line');
  const [, newest = ''] = /^id: (\d+)$/m.exec(first.told()) ?? [];
  first.close();
  const later = String(Number(newest) + 60_000);
  const [again, after] = [newest, later].map((id) => openTail({ 'last-event-id': id }));
  await (await again)?.tells('order-1');
  await (await after)?.tells('following');
  expect((await after)?.told()).not.toContain('order-1');
  (await again)?.close();
  (await after)?.close();
});

test('it ends on the server when its page goes away: of four at most there is room again', async () => {
  const four = await Promise.all([1, 2, 3, 4].map(() => openTail()));
  for (const tail of four) await tail.tells('following');
  const fifth = await openTail();
  await fifth.tells('4 tails are open already');
  for (const tail of four) tail.close();
  await until(async () => {
    const tail = await openTail();
    await tail.tells('event:');
    tail.close();
    return tail.told().includes('following');
  });
});

test('its head alone is refused, and holds no place', async () => {
  const heads = await Promise.all(
    [1, 2, 3, 4, 5].map(() => send(console, { method: 'HEAD', path: TAIL, headers: own })),
  );
  expect(heads.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
  const tail = await openTail();
  await tail.tells('following');
  tail.close();
});

test.each(['', '-1', 'Infinity', '99999999999999999999', '1e3'])(
  'it begins where it was asked to, where the last line is said to be %j',
  async (last) => {
    const tail = await openTail({ 'last-event-id': last });
    await tail.tells('order-1');
    expect(tail.told()).toContain('following');
    tail.close();
  },
);

test('it says so where it is not known where the log is', async () => {
  await using other = await startTestConsole({ environment: environmentOf(kept.queues) });
  const tail = await openTail(ownHeaders(other, await openSession(other)), other);
  await tail.tells('event: wrong\ndata: where the log of this queue is is not known');
});

test('it is for the own page alone, and for what can be asked', async () => {
  const asked = (headers: object, path = TAIL) =>
    send(console, { path, headers: { ...own, ...headers } }).then(({ status }) => status);
  expect(await asked({ cookie: '' })).toBe(401);
  expect(await asked({ origin: 'http://127.0.0.1:1' })).toBe(403);
  expect(await asked({ 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await asked({ host: 'attacker.example' })).toBe(421);
  expect(await asked({}, `${TAIL}&minutes=-1`)).toBe(400);
  expect(await asked({}, '/api/of/7/tail?minutes=0')).toBe(404);
});
