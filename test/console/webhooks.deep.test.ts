import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { startTestConsole } from '../helpers/console.ts';
import { openSession, ownHeaders, send } from '../helpers/console-request.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { sharedDoorBundle } from '../helpers/shared-bundle.ts';
import { post, signedRequest } from '../helpers/webhooks.ts';

let system: LocalSystem;
let console: Awaited<ReturnType<typeof startTestConsole>>;
let headers: Record<string, string>;
beforeAll(async () => {
  // Shopify's texts stand where no product has any: its webhooks can't be mapped.
  const fields = { shopify: { title: 'nowhere', description: 'nowhere' } };
  system = await startTestSystem({ webhooks: { bundle: sharedDoorBundle(), fields } });
  const { WEBHOOKS_URL = '', WEBHOOK_SECRET = '' } = system.environment;
  await post(WEBHOOKS_URL, signedRequest('shopify', { secret: WEBHOOK_SECRET, id: 'w-17' }));
  const environment = { ...system.environment, ...system.functionEnvironment };
  console = await startTestConsole({ environment });
  headers = {
    ...ownHeaders(console, await openSession(console)),
    'content-type': 'application/json',
  };
}, 120_000);
afterAll(async () => {
  await console[Symbol.asyncDispose]();
  await system[Symbol.asyncDispose]();
});

async function ask(path: string, body: object) {
  const request = {
    method: 'POST',
    path: `/api/of/0/${path}`,
    headers,
    body: JSON.stringify(body),
  };
  const { status, text } = await send(console, request);
  return { status, json: JSON.parse(text) };
}
const FROM = { from: 'webhooks' };

test('the console shows webhooks that could not be mapped, with their reason', async () => {
  expect((await ask('ask/read-letters', FROM)).json).toEqual({ seen: 1 });
  const { json } = await ask('ask/letters', FROM);
  expect(json).toMatchObject({ count: 1, queues: ['webhooks'] });
  expect(JSON.stringify(json)).toContain('no text at nowhere or nowhere');
});

test('it plans their replay without saying what their door alone knows', async () => {
  expect((await ask('ask/dry-run', FROM)).json).toMatchObject({ count: 1, diesAgain: 0 });
  const [letter] = (await system.doors?.undelivered.letters()) ?? [];
  const edited = { ...FROM, ids: [letter?.messageId], body: '{}' };
  expect(JSON.stringify((await ask('ask/dry-run', edited)).json)).toContain('undo the edit');
});

test('it hands them to their door, and those that fail again stay', async () => {
  const { json } = await ask('change/replay', FROM);
  const state = async () => {
    const { text } = await send(console, { path: `/api/of/0/replays/${json.id}`, headers });
    return text;
  };
  await until(async () => (await state()).includes('no text at nowhere'));
  expect(await system.doors?.undelivered.letters()).toHaveLength(1);
  expect(await system.queues.depth()).toBe(0);
});
