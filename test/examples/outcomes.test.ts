import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pageOf } from '../../examples/outcomes/shop/page.ts';
import { createShop } from '../../examples/outcomes/shop/shop.ts';
import { type Outcome, SyncStates } from '../../examples/outcomes/shop/sync-states.ts';
import { signatureHeaders } from '../../examples/outcomes/sign.ts';
import { type HttpServer, listen } from '../../local/http-server.ts';
import type { LocalSystem } from '../../local/system.ts';
import { process as deliver, startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

/** That of the libraries of Standard Webhooks (standard-webhooks/libraries). */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

describe('a signature', () => {
  const sign = (secrets: string) =>
    signatureHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_000),
      '{"test": 2432232314}',
      secrets,
    );

  test('is the one of Standard Webhooks’ own vector', () => {
    expect(sign(SECRET)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('is made by each of two secrets', () => {
    const [first, second] = sign(`${OTHER} ${SECRET}`)['webhook-signature'].split(' ');
    expect(first).toMatch(/^v1,/);
    expect(`${second}`).toBe(sign(SECRET)['webhook-signature']);
  });
});

describe('how an image stands', () => {
  const at = (minute: number) => `2026-11-27T13:0${minute}:00.000Z`;
  const outcome = (kind: string, minute: number, data: Partial<Outcome['data']> = {}): Outcome => ({
    type: `finerworks-image-updates.${kind}`,
    time: at(minute),
    data: { guids: [guid(1), guid(2)], ...data },
  });
  const stateAfter = (...outcomes: Outcome[]) => {
    const states = new SyncStates();
    for (const one of outcomes) states.take(one);
    return states.of(guid(1));
  };

  test('is as the newest outcome says, in whatever order they come', () => {
    const applied = outcome('applied', 1);
    const refused = outcome('dead-lettered', 2, { reason: 'Refused', detail: 'HTTP 400' });
    const unchanged = outcome('unchanged', 3);
    const failure = { at: at(2), why: 'Refused: HTTP 400' };
    expect(stateAfter(applied, refused)).toEqual({ syncedAt: at(1), failure });
    expect(stateAfter(refused, applied, applied)).toEqual({ syncedAt: at(1), failure });
    expect(stateAfter(refused, unchanged, applied)).toEqual({ syncedAt: at(3) });
    expect(stateAfter(unchanged, refused)).toEqual({ syncedAt: at(3) });
  });

  test('is untouched where another image is at fault, or a newer event was first', () => {
    expect(stateAfter(outcome('retries-exhausted', 1, { faulty: [guid(2)] }))).toEqual({});
    expect(stateAfter(outcome('superseded', 1))).toEqual({});
  });

  test('stands on a page on which nothing of a detail is markup', () => {
    const why = 'Refused: <script>alert("&")</script>';
    const page = pageOf(guid(1), { failure: { at: at(1), why } });
    expect(page).toContain('Not synced yet');
    expect(page).not.toContain('<script>');
    expect(page).toContain('&#60;script&#62;alert(&#34;&#38;&#34;)');
  });
});

describe('from the function to the shop', () => {
  const secretId = 'shop/outcomes';
  const told: unknown[] = [];
  let system: LocalSystem;
  let shop: HttpServer;
  beforeAll(async () => {
    shop = await listen(createShop(SECRET));
    system = await startTestSystem({ onOutcome: (event) => told.push(event) });
    system.secrets.put(secretId, `${OTHER} ${SECRET}\n`);
    const variables = { WEBHOOK_URL: `${shop.url}/webhooks`, SECRET_ID: secretId };
    Object.assign(process.env, system.environment, variables);
  });
  afterAll(async () => {
    await system[Symbol.asyncDispose]();
    await shop.close();
  });

  const pageAt = async (image: string) => (await fetch(`${shop.url}/images/${image}`)).text();
  const post = (body: string, headers: Record<string, string>) =>
    fetch(`${shop.url}/webhooks`, { method: 'POST', body, headers });

  test('the page says when an image was last synced, and why another was not', async () => {
    const { handler } = await import('../../examples/outcomes/handler.ts');
    system.standIn.images.add([guid(1)]);
    expect(await pageAt(guid(1))).toContain('Not synced yet');
    await deliver(system, [
      { guid: guid(1), title: 'A grey heron' },
      { guid: guid(9), title: 'No such image' },
    ]);
    await until(() => told.length === 2);
    for (const event of told) await handler(event);
    expect(await pageAt(guid(1))).toMatch(/Last synced at <time>20\d\d-.*Z<\/time>/);
    expect(await pageAt(guid(9))).toMatch(/Not synced yet.*Failed at .*: Refused: .*HTTP 400/s);
  });

  test('what the shop does not take fails, so that it is tried again', async () => {
    const { handler } = await import('../../examples/outcomes/handler.ts');
    system.secrets.put(secretId, OTHER);
    await expect(handler({ detail: { id: 'forged' } })).rejects.toThrow('the shop answered 400');
  });

  test('nothing is believed that is not signed, is signed by others, or was altered', async () => {
    const body = JSON.stringify({
      type: 'finerworks-image-updates.applied',
      time: '2026-11-27T13:00:00.000Z',
      data: { guids: [guid(7)] },
    });
    const signed = (secret: string, time = new Date()) =>
      signatureHeaders('id', time, body, secret);
    const past = new Date(Date.now() - 301_000);
    const answers = await Promise.all([
      post(body, {}),
      post(body, signed(OTHER)),
      post(body, signed(SECRET, past)),
      post(body.replace('13:00', '14:00'), signed(SECRET)),
      post('x'.repeat(262_145), {}),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 413]);
    expect(await pageAt(guid(7))).toContain('Not synced yet');
    expect((await post(body, signed(SECRET))).status).toBe(204);
    expect(await pageAt(guid(7))).toContain('Last synced at <time>2026-11-27T13:00:00.000Z');
  });
});
