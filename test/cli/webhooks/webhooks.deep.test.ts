import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startLambdaApi } from '../../../local/aws/lambda-api.ts';
import type { HttpServer } from '../../../local/http-server.ts';
import type { LocalSystem } from '../../../local/system.ts';
import { Letter } from '../../../webhooks/letter-body.ts';
import { cli, cliJson } from '../../helpers/cli.ts';
import { startTestSystem, until } from '../../helpers/local-run.ts';
import { sharedDoorBundle } from '../../helpers/shared-bundle.ts';
import { payloadOf } from '../../helpers/webhooks.ts';

const GUID = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';

describe('the command line, with doors', () => {
  let system: LocalSystem;
  let folder: string;
  let payload: string;
  beforeAll(async () => {
    // Shopify's title stands where no product has one: its webhooks can't be mapped.
    const nowhere = { title: 'nowhere', description: 'nowhere' };
    system = await startTestSystem({
      webhooks: { bundle: sharedDoorBundle(), fields: { shopify: nowhere } },
    });
    system.standIn.images.acceptAll = true;
    system.start();
    Object.assign(process.env, system.environment, system.functionEnvironment);
    folder = mkdtempSync(join(tmpdir(), 'webhooks-cli-'));
    payload = join(folder, 'product.json');
    writeFileSync(payload, payloadOf('woocommerce'));
  });
  afterAll(async () => {
    await system[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  const letters = async () => (await system.doors?.undelivered.letters()) ?? [];

  test('signs a file as its source does, and says what the door answers', async () => {
    expect(await cliJson(['webhook', 'send', 'woocommerce', payload])).toMatchObject({
      code: 0,
      json: {
        source: 'woocommerce',
        url: `${system.doors?.url}/woocommerce`,
        status: 200,
        answer: 'published',
      },
    });
    await until(() => system.standIn.images.get(GUID)?.title === 'Fjord & dawn');
    const secret = join(folder, 'secret.txt');
    writeFileSync(secret, 'another\n');
    const refused = await cli([
      ...['webhook', 'send', 'woocommerce', payload, '--secret-file', secret],
    ]);
    expect([refused.code, refused.stdout]).toEqual([
      1,
      expect.stringMatching(/^HTTP 401: not signed as the door expects/),
    ]);
  });

  test.each([
    [['etsy', 'x.json'], 2, /Allowed choices are standard-webhooks, shopify/],
    [['shopify', 'none.json'], 2, /none\.json: can't be read \(ENOENT\)/],
    [['standard-webhooks', 'x', '--secret-file', 'package.json'], 2, /secret is none of/],
    [['shopify', 'none.json', '--url', 'x'], 2, /--url: Invalid URL/],
  ])('webhook send %j ends with %i', async (argv, code, message) => {
    const ended = await cli(['webhook', 'send', ...argv]);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)]);
  });

  test('says where nothing listens', async () => {
    const url = 'http://127.0.0.1:9/';
    const { code, json } = await cliJson(['webhook', 'send', 'shopify', payload, '--url', url]);
    expect([code, json.error]).toEqual([3, expect.objectContaining({ cause: 'Network' })]);
  });

  describe('shows what could not be mapped', () => {
    let fixed: HttpServer & { readonly handed: unknown[] };
    beforeAll(async () => {
      writeFileSync(payload, payloadOf('shopify'));
      const { code, json } = await cliJson([
        ...['webhook', 'send', 'shopify', payload, '--id', 'w-17'],
      ]);
      expect([code, json.answer]).toEqual([1, 'undelivered']);
      await until(async () => (await letters()).length > 0);
      // The same doors behind another Lambda, which has the places right.
      const handed: unknown[] = [];
      const doors = {
        invoke: (source: string, event: unknown) => {
          handed.push([source, event]);
          return Promise.resolve('{"answer":"published"}');
        },
      };
      const eventSource = { state: 'Enabled' as const, pause: () => {}, resume: () => {} };
      const { queueArn } = system.queues;
      const api = await startLambdaApi({ eventSource, queueArn, environment: {}, doors, port: 0 });
      fixed = { ...api, handed };
    });
    afterAll(async () => {
      await fixed.close();
    });

    test('with the reason', async () => {
      const { json } = await cliJson(['dlq', 'list', '--from', 'webhooks']);
      expect(json.groups).toEqual([
        expect.objectContaining({
          reason: 'InvalidEvent',
          letters: [expect.objectContaining({ eventId: 'w-17', source: 'shopify' })],
        }),
      ]);
      expect(JSON.stringify(json)).toContain('no text at nowhere or nowhere');
      expect((await cliJson(['status'])).json.undelivered.webhooks).toMatchObject({ visible: 1 });
    });

    test('refuses to redrive it otherwise than by its door', async () => {
      const { code, stderr } = await cli(['dlq', 'redrive', '--from', 'webhooks', '--dry-run']);
      expect([code, stderr]).toEqual([2, expect.stringContaining('are mapped by their door')]);
    });

    test('leaves it where it is while the door still can’t map it', async () => {
      const { code, json } = await cliJson(['dlq', 'redrive', '--from', 'webhooks', '--yes']);
      expect([code, json.redriven]).toEqual([1, 0]);
      expect(json.skipped).toEqual([
        expect.objectContaining({ why: expect.stringContaining('no text at nowhere') }),
      ]);
      expect(await letters()).toHaveLength(1);
    });

    test('hands it to its door once the places are right, and deletes it', async () => {
      const before = process.env.AWS_ENDPOINT_URL_LAMBDA;
      process.env.AWS_ENDPOINT_URL_LAMBDA = fixed.url;
      const [letter] = await letters();
      const { code, json } = await cliJson(['dlq', 'redrive', '--from', 'webhooks', '--yes']);
      process.env.AWS_ENDPOINT_URL_LAMBDA = before;
      expect([code, json.redriven, await letters()]).toEqual([0, 1, []]);
      const redelivered = Letter.parse(JSON.parse(letter?.body ?? ''));
      expect(fixed.handed).toEqual([['shopify', { redeliver: redelivered }]]);
    });
  });
});
