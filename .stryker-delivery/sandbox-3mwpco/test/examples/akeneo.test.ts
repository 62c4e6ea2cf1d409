// @ts-nocheck
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { isSigned } from '../../examples/akeneo/signature.ts';
import {
  isConcerned,
  PimProduct,
  ProductDelta,
  toChange,
} from '../../examples/akeneo/to-change.ts';
import type { LocalSystem } from '../../local/system.ts';
import { serve } from '../helpers/http-server.ts';
import { readJson } from '../helpers/json-file.ts';
import { process as deliver, startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const urlOf = (name: string) => new URL(`../../examples/akeneo/fixtures/${name}`, import.meta.url);
const DELTA = readFileSync(urlOf('product-updated-delta.json'), 'utf8');
const delta = ProductDelta.parse(JSON.parse(DELTA));
const product = PimProduct.parse(readJson(urlOf('product.json')));
const GUID = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';
const SECRET = 'a-secret-of-the-subscription';
const MAPPING = {
  guid: 'finerworks_guid',
  title: 'print_title',
  description: 'print_description',
  locale: 'en_US',
  scope: 'ecommerce',
};

const sign = (body: string, secret = SECRET) =>
  createHmac('sha256', secret).update(body).digest('hex');

describe('a product of the PIM', () => {
  test('becomes a change in the wanted locale and channel, with the event’s time and id', () => {
    expect(toChange(delta, product, MAPPING)).toEqual({
      id: '018e32f9-dfe4-760e-a273-5da1c089dfdb',
      time: '2024-02-22T17:31:00Z',
      guid: GUID,
      title: 'Fjord at dawn',
      description: 'A fjord in the first light.',
    });
  });

  test('without a guid, or without texts, makes none', () => {
    const { finerworks_guid: _, ...values } = product.values;
    expect(toChange(delta, { values }, MAPPING)).toBeUndefined();
    expect(toChange(delta, product, { ...MAPPING, locale: 'fr_FR' })).toBeUndefined();
  });

  test('concerns us only where one of our attributes changed, in our locale and channel', () => {
    expect(isConcerned(delta, MAPPING)).toBe(true);
    expect(isConcerned(delta, { ...MAPPING, locale: 'fr_FR' })).toBe(false);
    expect(isConcerned(delta, { ...MAPPING, scope: 'print' })).toBe(false);
    expect(isConcerned(delta, { ...MAPPING, title: 'name' })).toBe(false);
  });
});

describe('a signature', () => {
  const body = Buffer.from(DELTA);
  const primary = 'x-akeneo-signature-primary';

  test('counts under the primary or, while secrets are rotated, the secondary secret', () => {
    expect(isSigned(body, { [primary]: sign(DELTA) }, SECRET)).toBe(true);
    const rotated = { [primary]: sign(DELTA, 'new'), 'x-akeneo-signature-secondary': sign(DELTA) };
    expect(isSigned(body, rotated, SECRET)).toBe(true);
  });

  test.each([
    ['of another body', sign(`${DELTA} `)],
    ['under another secret', sign(DELTA, 'other')],
    ['cut short', sign(DELTA).slice(0, -2)],
    ['that is no hex', 'zz'.repeat(32)],
    ['that is missing', undefined],
  ])('%s counts for nothing', (_name, given) => {
    expect(isSigned(body, { [primary]: given }, SECRET)).toBe(false);
  });
});

describe('the destination', () => {
  let system: LocalSystem;
  let asked: string[];
  let pim: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    asked = [];
    pim = await serve((request, response) => {
      asked.push(
        `${request.method} ${request.url} ${request.headers.authorization?.split(' ')[0]}`,
      );
      const isToken = request.url === '/api/oauth/v1/token';
      response.setHeader('content-type', 'application/json');
      response.end(isToken ? '{"access_token": "t"}' : readFileSync(urlOf('product.json')));
    });
    system = await startTestSystem();
    const access = { url: pim.url, clientId: 'c', clientSecret: 's', username: 'u', password: 'p' };
    system.secrets.put('akeneo', JSON.stringify({ ...access, signingSecret: SECRET }));
    Object.assign(process.env, system.environment, {
      QUEUE_URL: system.queues.queueUrl,
      SECRET_ID: 'akeneo',
      GUID_ATTRIBUTE: MAPPING.guid,
      TITLE_ATTRIBUTE: MAPPING.title,
      DESCRIPTION_ATTRIBUTE: MAPPING.description,
      LOCALE: MAPPING.locale,
      CHANNEL: MAPPING.scope,
    });
  });
  afterAll(async () => {
    await system[Symbol.asyncDispose]();
    await pim[Symbol.asyncDispose]();
  });

  /** A request as a function URL hands it over, as far as the handler reads it. */
  async function post(body: string, signature: string, method = 'POST') {
    const { handler } = await import('../../examples/akeneo/handler.ts');
    const http = { method, path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' };
    const event: LambdaFunctionURLEvent = {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/',
      rawQueryString: '',
      headers: { 'x-akeneo-signature-primary': signature },
      requestContext: {
        accountId: 'anonymous',
        apiId: 'url',
        domainName: 'url',
        domainPrefix: 'url',
        http,
        requestId: 'r',
        routeKey: '$default',
        stage: '$default',
        time: '',
        timeEpoch: 0,
      },
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
    };
    return handler(event);
  }

  test('takes a signed event to FinerWorks, with what the PIM knows of the product', async () => {
    system.standIn.images.add([GUID, guid(1)]);
    expect(await post('', '', 'HEAD')).toEqual({ statusCode: 200 });
    expect(await post(DELTA, sign(DELTA))).toEqual({ statusCode: 200 });
    expect(asked).toEqual([
      'POST /api/oauth/v1/token Basic',
      'GET /api/rest/v1/products-uuid/6a9f8486-2c36-4680-b87f-6f5f8f01b6cf Bearer',
    ]);
    await deliver(system, [{ guid: guid(1), title: 'last' }]);
    expect(system.standIn.images.get(GUID)).toMatchObject({
      title: 'Fjord at dawn',
      description: 'A fjord in the first light.',
    });
  });

  test('refuses what is not signed, and asks the PIM nothing for it', async () => {
    const before = asked.length;
    expect(await post(DELTA, sign(DELTA, 'guessed'))).toEqual({ statusCode: 401 });
    const other = DELTA.replaceAll('print_title', 'other');
    expect(await post(other, sign(other))).toEqual({ statusCode: 200 });
    expect(asked).toHaveLength(before);
  });
});
