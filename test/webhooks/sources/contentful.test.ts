import { describe, expect, test } from '@jest/globals';
import { changes, GUID, mapped } from '../../helpers/mapped-webhooks.ts';

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
