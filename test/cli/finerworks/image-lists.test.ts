import type { RequestListener } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { ImageLists } from '../../../cli/finerworks/image-lists.ts';
import { KEYS } from '../../helpers/delivery.ts';
import { serve } from '../../helpers/http-server.ts';
import { guid } from '../../helpers/records.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const STATUS = { success: true, status_code: 200, message: '', debug: null };

/** Asks a FinerWorks that answers as told for one image, and counts its requests. */
async function listed(listener: RequestListener, stop = new AbortController()) {
  let requests = 0;
  await using server = await serve((request, response) => {
    requests += 1;
    listener(request, response);
  });
  const lists = new ImageLists({
    settings: { apiUrl: server.url, callTimeoutSeconds: 5 },
    keysOf: async () => KEYS,
    callsPerSecond: 1_000,
    maxTries: 3,
    stop: stop.signal,
  });
  const outcome = await lists.list(null, [guid(1)]).catch((error: unknown) => error);
  expect(lists.calls).toBe(requests);
  return { outcome, requests };
}

describe('a list that is asked for', () => {
  test('has the images that the library has', async () => {
    const image = { guid: guid(1).toUpperCase(), title: 'a', description: 'b', products: null };
    const { outcome } = await listed((_, response) =>
      response.writeHead(200, JSON_TYPE).end(JSON.stringify({ status: STATUS, images: [image] })),
    );
    expect(outcome).toEqual(new Map([[guid(1), { title: 'a', description: 'b', skus: [] }]]));
  });

  test('is asked for again while it is throttled, and no more often than is allowed', async () => {
    const { outcome, requests } = await listed((_, response) =>
      response.writeHead(429, { 'retry-after': '0' }).end(),
    );
    expect(outcome).toMatchObject({ name: 'UnavailableError', reason: 'Throttled' });
    expect(requests).toBe(3);
  });

  test('is not asked for again where it is refused, or can’t be believed', async () => {
    const refused = await listed((_, response) =>
      response.writeHead(400, JSON_TYPE).end('{"Message": "The request is invalid."}'),
    );
    expect(refused).toMatchObject({ outcome: { reason: 'Refused' }, requests: 1 });
    const other = { guid: guid(2), title: 'a', description: 'b', products: [] };
    const ignored = await listed((_, response) =>
      response.writeHead(200, JSON_TYPE).end(JSON.stringify({ status: STATUS, images: [other] })),
    );
    expect(ignored).toMatchObject({ outcome: { reason: 'InventoryUnknown' }, requests: 1 });
  });

  test('comes with the products of images that are listed apart from them', async () => {
    const image = { guid: guid(1), title: 'a', description: 'b' };
    const product = { sku: 'AP1', image_guid: guid(1) };
    const { outcome, requests } = await listed(({ url }, response) => {
      const body = url === '/v3/list_images' ? { images: [image] } : { products: [product] };
      response.writeHead(200, JSON_TYPE).end(JSON.stringify({ status: STATUS, ...body }));
    });
    const { title, description } = image;
    expect(outcome).toEqual(new Map([[guid(1), { title, description, skus: ['AP1'] }]]));
    expect(requests).toBe(2);
  });

  test('is given up at Ctrl-C, however long FinerWorks asks to wait', async () => {
    const stop = new AbortController();
    const { outcome, requests } = await listed((_, response) => {
      response.writeHead(429, { 'retry-after': '3600' }).end();
      setImmediate(() => stop.abort());
    }, stop);
    expect([outcome, requests]).toEqual([undefined, 1]);
  });
});
