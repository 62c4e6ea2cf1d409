import { describe, expect, test } from '@jest/globals';
import { isJsonObject, parseJson } from '../../../lambda/contract/json.ts';
import type { Places } from '../../../webhooks/mapping/places.ts';
import type { SourceName } from '../../../webhooks/sources/source-names.ts';
import { SOURCES } from '../../../webhooks/sources/sources.ts';
import { payloadOf, payloadWith, signedRequest } from '../../helpers/webhooks.ts';

const GUID = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';
const OTHER_GUID = '5a3c1e00-0000-4000-8000-000000000002';

interface Given {
  readonly body?: Buffer;
  readonly topic?: string;
  readonly places?: Partial<Places>;
}

/** What a source makes of a delivery. */
async function mapped(source: SourceName, { body, topic, places }: Given = {}) {
  const request = signedRequest(source, { ...(body && { body }), ...(topic && { topic }) });
  const parsed = parseJson(request.body.toString('utf8'));
  const context = { places: { ...SOURCES[source].places, ...places }, secret: {} };
  return SOURCES[source].map({ headers: request.headers, body: parsed }, context);
}

const changes = (...expected: object[]) => ({ kind: 'changes', changes: expected });

describe('Shopify', () => {
  const metafields = (value: string) => [{ namespace: 'finerworks', key: 'image_guid', value }];

  test('a product becomes a change, with the id of the delivery and the time of the body', async () => {
    expect(await mapped('shopify')).toEqual(
      changes({
        id: 'delivery-1',
        time: '2021-12-31T19:00:00-05:00',
        images: [
          { guid: GUID, title: 'Example T-Shirt', description: 'An example T-Shirt & print' },
        ],
      }),
    );
  });

  test('pictures with guids of their own have their alt as title, else the product’s', async () => {
    const body = payloadWith('shopify', {
      body_html: null,
      images: [
        { id: 1001, alt: 'Fjord, wide' },
        { id: 1002, alt: null },
      ],
      metafields: metafields(JSON.stringify({ 1001: GUID, 1002: OTHER_GUID })),
    });
    expect(await mapped('shopify', { body })).toMatchObject(
      changes({
        images: [
          { guid: GUID, title: 'Fjord, wide' },
          { guid: OTHER_GUID, title: 'Example T-Shirt' },
        ],
      }),
    );
  });

  test('a list of guids gets the same texts', async () => {
    const body = payloadWith('shopify', {
      metafields: metafields(JSON.stringify([GUID, OTHER_GUID])),
    });
    expect(await mapped('shopify', { body })).toMatchObject(
      changes({ images: [{ guid: GUID }, { guid: OTHER_GUID }] }),
    );
  });

  test('a guid may be a tag, and a text a metafield of another namespace', async () => {
    const body = payloadWith('shopify', {
      tags: `nature, finerworks:${GUID}, cotton`,
      metafields: [{ namespace: 'print', key: 'title', value: 'Fjord' }],
    });
    const places = { guid: 'tags.finerworks', title: 'metafields.print.title' };
    expect(await mapped('shopify', { body, places })).toMatchObject(
      changes({ images: [{ guid: GUID, title: 'Fjord' }] }),
    );
  });

  test.each([
    ['without metafields', { metafields: undefined }],
    ['with an empty one', { metafields: metafields('  ') }],
    [
      'with one of another namespace',
      { metafields: [{ namespace: 'a', key: 'image_guid', value: GUID }] },
    ],
  ])('a product %s has no guid', async (_what, values) => {
    const body = payloadWith('shopify', values);
    expect(await mapped('shopify', { body })).toEqual({ kind: 'without-guid' });
  });

  test('a product whose payload does not say when it was changed is a fault', async () => {
    const body = payloadWith('shopify', { updated_at: undefined });
    await expect(mapped('shopify', { body })).rejects.toThrow('does not say when the change was');
    const bare = payloadWith('shopify', { updated_at: undefined, metafields: undefined });
    expect(await mapped('shopify', { body: bare })).toEqual({ kind: 'without-guid' });
  });

  test('what was deleted, or is an order, is ignored', async () => {
    for (const topic of ['products/delete', 'orders/create', 'app/uninstalled']) {
      expect(await mapped('shopify', { topic })).toEqual({ kind: 'ignored' });
    }
  });

  test('a guid without a text, and what is no guid at all, are faults', async () => {
    const bare = payloadWith('shopify', { title: '', body_html: '<p></p>' });
    await expect(mapped('shopify', { body: bare })).rejects.toThrow(
      `${GUID}: no text at title or body_html`,
    );
    await expect(mapped('shopify', { places: { guid: 'id' } })).rejects.toThrow(
      'id: neither a guid, nor a list or an object of guids',
    );
  });
});

describe('WooCommerce', () => {
  test('a product becomes a change, its time in UTC and its id that of product and delivery', async () => {
    expect(await mapped('woocommerce')).toEqual(
      changes({
        id: 'delivery-1-799',
        time: '2024-04-22T19:30:00Z',
        images: [
          {
            guid: GUID,
            title: 'Fjord & dawn',
            description: 'A fjord in the first light.\n\nPrinted on cotton.',
          },
        ],
      }),
    );
  });

  test('what is deleted is ignored', async () => {
    const topic = 'product.deleted';
    expect(await mapped('woocommerce', { body: Buffer.from('{"id":799}'), topic })).toEqual({
      kind: 'ignored',
    });
  });

  test.each([
    ['webhook_id=17', true],
    ['webhook_id=17&x=1', false],
    ['{"webhook_id":17}', false],
    [`webhook_id=${'1'.repeat(60)}`, false],
  ])('%s is a ping: %s', (text, isPing) => {
    const request = { ...signedRequest('woocommerce'), body: Buffer.from(text) };
    expect(SOURCES.woocommerce.isPing?.(request)).toBe(isPing);
  });
});

describe('Contentful', () => {
  test('a published entry becomes a change, its line breaks as they are', async () => {
    expect(await mapped('contentful')).toEqual(
      changes({
        id: 'delivery-1',
        time: '2024-04-22T19:30:00.123Z',
        images: [
          {
            guid: GUID,
            title: 'Fjord at dawn',
            description: 'A fjord in the first light.\n\nPrinted on cotton.',
          },
        ],
      }),
    );
  });

  test('in another language where the settings say so', async () => {
    expect(await mapped('contentful', { places: { title: 'fields.title.de-DE' } })).toMatchObject(
      changes({ images: [{ title: 'Fjord im Morgenlicht' }] }),
    );
  });

  test('drafts are ignored', async () => {
    const topic = 'ContentManagement.Entry.auto_save';
    expect(await mapped('contentful', { topic })).toEqual({ kind: 'ignored' });
  });
});

describe('Cloudinary', () => {
  test('an upload becomes a change of the image that its public id names', async () => {
    expect(await mapped('cloudinary')).toEqual(
      changes({
        time: '2024-04-22T19:30:00.123456Z',
        images: [
          { guid: GUID, title: 'Fjord at dawn', description: 'A fjord in the first light.' },
        ],
      }),
    );
  });

  test('so does a change of its context, and assets of no guid are left out', async () => {
    const body = payloadOf('cloudinary-context');
    expect(await mapped('cloudinary', { body })).toEqual(
      changes({
        time: '2024-04-22T19:30:00.123456Z',
        images: [
          { guid: GUID, title: 'Fjord at dawn', description: 'A fjord in the first light.' },
        ],
      }),
    );
  });

  test('the guid may stand in the context of an upload', async () => {
    const body = payloadWith('cloudinary', {
      public_id: 'fjord',
      context: { custom: { finerworks_guid: GUID, caption: 'Fjord' } },
    });
    const places = { guid: 'context.custom.finerworks_guid' };
    expect(await mapped('cloudinary', { body, places })).toMatchObject(
      changes({ images: [{ guid: GUID, title: 'Fjord' }] }),
    );
  });

  test.each([
    ['an upload without texts', payloadWith('cloudinary', { context: undefined })],
    ['a renamed asset', payloadWith('cloudinary', { notification_type: 'rename' })],
    ['a moderation', payloadWith('cloudinary', { notification_type: 'moderation' })],
  ])('%s is ignored', async (_what, body) => {
    expect(await mapped('cloudinary', { body })).toEqual({ kind: 'ignored' });
  });
});

describe('Standard Webhooks', () => {
  const EVENT = { guid: GUID, title: 'Fjord at dawn', description: 'A fjord in the first light.' };

  test('an event stands in data, its time beside it', async () => {
    expect(await mapped('standard-webhooks')).toEqual(
      changes({ id: 'delivery-1', time: '2024-04-22T19:30:00.123456Z', ...EVENT }),
    );
  });

  test('or it is the body itself, and what it says of itself comes first', async () => {
    const said = { ...EVENT, id: 'order-17', time: '2024-01-01T00:00:00Z', account_key: 'A' };
    const body = Buffer.from(JSON.stringify(said));
    expect(await mapped('standard-webhooks', { body })).toEqual(changes(said));
  });

  test('without a time it has that of its sending', async () => {
    const body = Buffer.from(JSON.stringify(EVENT));
    const result = await mapped('standard-webhooks', { body });
    const [change] = result.kind === 'changes' ? result.changes : [];
    const time = isJsonObject(change) ? String(change.time) : '';
    expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
  });
});
