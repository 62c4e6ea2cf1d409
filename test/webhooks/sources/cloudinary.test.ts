import { describe, expect, test } from '@jest/globals';
import { changes, GUID, mapped } from '../../helpers/mapped-webhooks.ts';
import { payloadOf, payloadWith } from '../../helpers/webhooks.ts';

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
