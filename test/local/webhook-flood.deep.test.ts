import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { sharedDoorBundle } from '../helpers/shared-bundle.ts';
import { payloadWith, post, signedRequest } from '../helpers/webhooks.ts';

const FLOOD = 2_000;
const SENDERS_AT_ONCE = 50;
const CALM = 50;

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem({ webhooks: { bundle: sharedDoorBundle() } });
  system.standIn.images.acceptAll = true;
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

test('while one source floods its door, each webhook of another is taken', async () => {
  const url = system.doors?.url ?? '';
  const secret = system.environment.WEBHOOK_SECRET ?? '';
  let sent = 0;
  const flood = new Map<number, number>();
  const sender = async () => {
    while (sent < FLOOD) {
      sent += 1;
      const body = payloadWith('shopify', { id: sent });
      const status = await post(url, signedRequest('shopify', { body, secret, id: `f-${sent}` }));
      flood.set(status, (flood.get(status) ?? 0) + 1);
    }
  };
  const flooding = Promise.all(Array.from({ length: SENDERS_AT_ONCE }, sender));
  const calm: number[] = [];
  for (let at = 0; at < CALM; at += 1) {
    const body = payloadWith('woocommerce', { id: at });
    calm.push(await post(url, signedRequest('woocommerce', { body, secret, id: `c-${at}` })));
  }
  await flooding;
  expect(new Set(calm)).toEqual(new Set([200]));
  // What is too much is told so, and nothing else goes wrong.
  expect([...flood.keys()].sort()).toEqual([200, 429]);
  const taken = (flood.get(200) ?? 0) + CALM;
  expect(await system.queues.depth()).toBe(taken);
  system.start();
  await until(async () => (await system.queues.depth()) === 0);
  expect(await system.queues.deadLetters()).toEqual([]);
});
