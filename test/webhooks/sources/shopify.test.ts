import { describe, expect, test } from '@jest/globals';
import { changes, GUID, mapped, OTHER_GUID } from '../../helpers/mapped-webhooks.ts';
import { payloadWith } from '../../helpers/webhooks.ts';

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
