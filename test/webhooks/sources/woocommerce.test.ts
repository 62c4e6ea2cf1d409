import { describe, expect, test } from '@jest/globals';
import { WOOCOMMERCE } from '../../../webhooks/sources/woocommerce.ts';
import { changes, GUID, mapped } from '../../helpers/mapped-webhooks.ts';
import { signedRequest } from '../../helpers/webhooks.ts';

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
    expect(WOOCOMMERCE.isPing?.(request)).toBe(isPing);
  });
});
