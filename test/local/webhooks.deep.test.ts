import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { Letter } from '../../webhooks/letter-body.ts';
import { startTestSystem, until, updatesOf } from '../helpers/local-run.ts';
import { sharedDoorBundle } from '../helpers/shared-bundle.ts';
import { payloadWith, post, signedRequest } from '../helpers/webhooks.ts';

const GUID = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';
/** Akeneo's product has to be asked for: test/webhooks/sources/akeneo.test.ts. */
const SOURCES = [
  ['shopify', 'Example T-Shirt'],
  ['woocommerce', 'Fjord & dawn'],
  ['contentful', 'Fjord at dawn'],
  ['cloudinary', 'Fjord at dawn'],
  ['standard-webhooks', 'Fjord at dawn'],
] as const;

describe('the doors of a local system', () => {
  let system: LocalSystem;
  let url: string;
  let secret: string;
  beforeAll(async () => {
    system = await startTestSystem({ webhooks: { bundle: sharedDoorBundle() } });
    system.standIn.images.acceptAll = true;
    system.start();
    url = system.doors?.url ?? '';
    secret = system.environment.WEBHOOK_SECRET ?? '';
  });
  afterAll(async () => {
    await system[Symbol.asyncDispose]();
  });
  const letters = async () => (await system.doors?.undelivered.letters()) ?? [];

  test.each(SOURCES)('take a webhook of %s the whole way to FinerWorks', async (source, title) => {
    const guid = crypto.randomUUID();
    const text = signedRequest(source).body.toString('utf8').replaceAll(GUID, guid);
    expect(await post(url, signedRequest(source, { body: Buffer.from(text), secret }))).toBe(200);
    await until(() => system.standIn.images.get(guid)?.title === title);
  });

  test('send a replay to FinerWorks once, whatever its headers say', async () => {
    const guid = crypto.randomUUID();
    const of = (title: string, updated_at: string) => {
      const metafields = [{ namespace: 'finerworks', key: 'image_guid', value: guid }];
      return payloadWith('shopify', { title, updated_at, metafields });
    };
    const old = of('Old', '2024-04-22T10:00:00Z');
    await post(url, signedRequest('shopify', { body: old, secret, id: 'w-1' }));
    await until(() => system.standIn.images.get(guid)?.title === 'Old');
    const newer = of('New', '2024-04-22T11:00:00Z');
    await post(url, signedRequest('shopify', { body: newer, secret, id: 'w-2' }));
    await until(() => system.standIn.images.get(guid)?.title === 'New');
    const updates = updatesOf(system).length;
    expect(await post(url, signedRequest('shopify', { body: old, secret, id: 'w-3' }))).toBe(200);
    await until(async () => (await system.queues.depth()) === 0);
    expect(system.standIn.images.get(guid)?.title).toBe('New');
    expect(updatesOf(system)).toHaveLength(updates);
  });

  test('keep what can’t be mapped, with its reason', async () => {
    const before = (await letters()).length;
    const body = payloadWith('shopify', { title: '', body_html: '' });
    expect(await post(url, signedRequest('shopify', { body, secret, id: 'w-9' }))).toBe(200);
    const all = await letters();
    expect(all).toHaveLength(before + 1);
    const [letter] = all.slice(before);
    expect(Letter.parse(JSON.parse(letter?.body ?? ''))).toMatchObject({
      ...{ id: 'w-9', source: 'shopify', body: body.toString('utf8') },
    });
    expect(letter?.messageAttributes.failure?.StringValue).toContain('no text at title');
  });

  test('refuse what is not signed, and know no others', async () => {
    const strange = signedRequest('shopify', { secret: 'another' });
    expect(await post(url, strange)).toBe(401);
    expect(await post(url, { ...strange, path: '/etsy' })).toBe(404);
  });
});
