import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { HttpServer } from '../../../local/http-server.ts';
import { SourceUnavailable } from '../../../webhooks/sources/source.ts';
import { SOURCES } from '../../../webhooks/sources/sources.ts';
import { serve } from '../../helpers/http-server.ts';
import { payloadOf } from '../../helpers/webhooks.ts';

const GUID = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';
const { akeneo } = SOURCES;

describe('a product of an Akeneo PIM', () => {
  let pim: HttpServer & AsyncDisposable;
  let asked: string[];
  let status: number;
  beforeAll(async () => {
    pim = await serve((request, response) => {
      const [scheme] = request.headers.authorization?.split(' ') ?? [];
      asked.push(`${request.method} ${request.url} ${scheme}`);
      const isToken = request.url === '/api/oauth/v1/token';
      response.writeHead(isToken ? 200 : status, { 'content-type': 'application/json' });
      response.end(isToken ? '{"access_token": "t"}' : payloadOf('akeneo-product'));
    });
  });
  beforeEach(() => {
    [asked, status] = [[], 200];
  });
  afterAll(async () => {
    await pim[Symbol.asyncDispose]();
  });

  const access = () => ({
    ...{ url: pim.url, clientId: 'c', clientSecret: 's', username: 'u', password: 'p' },
  });
  const mapped = (
    values: object = {},
    places: object = {},
    secret: object = { akeneoPim: access() },
  ) =>
    akeneo.map(
      {
        headers: {},
        body: { ...JSON.parse(payloadOf('akeneo').toString('utf8')), ...values },
      },
      { places: { ...akeneo.places, ...places }, secret: { ...secret } },
    );

  test('is asked for at the same address, whether a slash ends the PIM’s or not', async () => {
    await mapped({}, {}, { akeneoPim: { ...access(), url: `${pim.url}/` } });
    expect(asked.map((request) => request.split(' ')[1])).toEqual([
      '/api/oauth/v1/token',
      expect.stringMatching(/^\/api\/rest/),
    ]);
  });

  test('is asked for, since an event holds only what changed', async () => {
    expect(await mapped()).toEqual({
      kind: 'changes',
      changes: [
        {
          id: '018e32f9-dfe4-760e-a273-5da1c089dfdb',
          time: '2024-02-22T17:31:00Z',
          images: [
            { guid: GUID, title: 'Fjord at dawn', description: 'A fjord in the first light.' },
          ],
        },
      ],
    });
    expect(asked).toEqual([
      'POST /api/oauth/v1/token Basic',
      'GET /api/rest/v1/products-uuid/6a9f8486-2c36-4680-b87f-6f5f8f01b6cf Bearer',
    ]);
  });

  test('has other texts in another locale', async () => {
    expect(await mapped({}, { title: 'print_title.de_DE.ecommerce' })).toMatchObject({
      changes: [{ images: [{ title: 'Fjord im Morgenlicht' }] }],
    });
  });

  test('is not asked for where none of its places changed, or the event is another', async () => {
    const ignored = { kind: 'ignored' };
    expect(await mapped({}, { title: 'name.en_US.ecommerce' })).toEqual(ignored);
    expect(await mapped({}, { title: 'print_title.en_US.print' })).toEqual(ignored);
    expect(await mapped({ type: 'com.akeneo.pim.v1.product.created' })).toEqual(ignored);
    expect(asked).toEqual([]);
  });

  test('has no guid where its attribute has none', async () => {
    expect(await mapped({}, { guid: 'other_guid' })).toEqual({ kind: 'without-guid' });
  });

  test('that is gone meanwhile changes nothing', async () => {
    status = 404;
    expect(await mapped()).toEqual({ kind: 'ignored' });
  });

  test('must come again where the PIM does not answer, or is not known', async () => {
    status = 500;
    await expect(mapped()).rejects.toThrow(SourceUnavailable);
    await expect(mapped({}, {}, {})).rejects.toThrow('the secret must hold "akeneoPim"');
    const nowhere = { akeneoPim: { ...access(), url: 'http://127.0.0.1:9' } };
    await expect(mapped({}, {}, nowhere)).rejects.toThrow('the PIM does not answer');
  });

  test('whose event is not as documented is a fault', async () => {
    await expect(mapped({ data: {} })).rejects.toThrow(/data\.product/);
  });
});
