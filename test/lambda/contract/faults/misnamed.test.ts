import { describe, expect, test } from '@jest/globals';
import {
  type Misnamed,
  misnamedIn,
  misplacedInCloudEvent,
  type Place,
} from '../../../../lambda/contract/faults/misnamed.ts';
import { guid } from '../../../helpers/records.ts';

const image = { guid: guid(1), title: 'Blue Heron' };
const MOMENT = '2020-01-01T00:00:00Z';
const beside = (field: string) => `written ${field}, beside images, not in an image`;

/** What is wrong with each key, by the key. */
const faultsOf = (misnamed: readonly Misnamed[]) =>
  Object.fromEntries(misnamed.map(({ path, fault }) => [path.join('.'), fault]));
const faultsIn = (object: object, place: Place, isTimed = false) =>
  faultsOf(misnamedIn({ ...object }, place, isTimed));

describe('another name of a field counts only where its value is of the field’s type', () => {
  test.each<[string, unknown, string | undefined]>([
    ['image_list', [], 'written images'],
    ['image_list', 'none', undefined],
    ['image_guid', guid(2), 'written guid'],
    ['image_guid', 'none', undefined],
    ['imageTitle', '', 'written title'],
    ['imageTitle', 5, undefined],
    ['updated_at', MOMENT, 'written time'],
    ['updated_at', 1_577_836_800, 'written time'],
    ['updated_at', {}, undefined],
    ['libraryAccountKey', 'sub-7', 'written account_key'],
    ['libraryAccountKey', '', undefined],
    ['libraryAccountKey', 7, undefined],
    ['removeVirtualInventoryProducts', true, 'written removeVirtualInventory'],
    ['removeVirtualInventoryProducts', 'true', undefined],
  ])('%s: %j', (key, value, fault) => {
    const expected = fault === undefined ? {} : { [key]: fault };
    expect(faultsIn({ [key]: value }, 'single')).toEqual(expected);
  });
});

describe('of an event of one image', () => {
  test('a field in another spelling is at fault whatever its value, but not if that is null', () => {
    expect(faultsIn({ ...image, Title: 5, AccountKey: {}, Force: null }, 'single')).toEqual({
      Title: 'written title',
      AccountKey: 'written account_key',
    });
  });

  test('another name does not matter where the field itself says something', () => {
    expect(faultsIn({ ...image, imageTitle: 'Old', image_guid: guid(2) }, 'single')).toEqual({});
  });

  test('a list beside its guid is something else than images', () => {
    expect(faultsIn({ ...image, image_details: [] }, 'single')).toEqual({});
  });

  test('another name of the time does not matter where that is given elsewhere, and any other does', () => {
    const event = { ...image, updated_at: MOMENT, Time: MOMENT, AccountKey: 'sub-7' };
    expect(faultsIn(event, 'single', true)).toEqual({ AccountKey: 'written account_key' });
    expect(Object.keys(faultsIn(event, 'single'))).toEqual(['updated_at', 'Time', 'AccountKey']);
  });

  test('no field of its own is at fault', () => {
    const event = { ...image, account_key: 'a', time: MOMENT, force: true, images: null };
    expect(faultsIn(event, 'single')).toEqual({});
  });
});

describe('beside a list of images', () => {
  test('texts and ids may be those of an album, in any spelling', () => {
    const album = { title: 'Birds', Title: 'Birds', imageTitle: 'Birds', Guid: 'birds', desc: 'a' };
    expect(faultsIn({ ...album, images: [image] }, 'list')).toEqual({});
  });

  test('a whole image is at fault, which alone would be read', () => {
    expect(misnamedIn({ ...image, images: [] }, 'list', false)).toEqual([
      { field: 'guid', path: ['guid'], fault: 'an image beside images: put it into the list' },
    ]);
    expect(faultsIn({ guid: guid(1), images: [] }, 'list')).toEqual({});
    expect(faultsIn({ guid: 'birds', title: 'Birds', images: [] }, 'list')).toEqual({});
  });

  test('another list is something else', () => {
    expect(faultsIn({ images: [image], image_details: [] }, 'list')).toEqual({});
  });

  test('the account of a library is at fault, where the event says none', () => {
    const library = { name: 'inventory', account_key: 'sub-7' };
    expect(misnamedIn({ images: [], library }, 'list', false)).toEqual([
      {
        field: 'account_key',
        path: ['library', 'account_key'],
        fault: 'written account_key, beside images',
      },
    ]);
    expect(faultsIn({ images: [], library: { AccountKey: 'sub-7' } }, 'list')).toEqual({
      'library.AccountKey': 'written account_key, beside images',
    });
    for (const given of ['inventory', {}, { account_key: '' }, { name: 'a', title: 'b' }]) {
      expect(faultsIn({ images: [], library: given }, 'list')).toEqual({});
    }
    expect(faultsIn({ images: [], library, account_key: 'sub-8' }, 'list')).toEqual({});
  });
});

describe('in an image of a list', () => {
  test('the fields of the event are at fault, in any spelling', () => {
    const event = { time: MOMENT, Time: MOMENT, account_key: 'a', accountKey: 5, force: true };
    expect(faultsIn({ ...image, ...event }, 'image')).toEqual({
      time: 'stands beside images, not in an image',
      Time: beside('time'),
      account_key: 'stands beside images, not in an image',
      accountKey: beside('account_key'),
      force: 'stands beside images, not in an image',
    });
  });

  test('another name of one is at fault where its value is of its type', () => {
    const faults = { libraryAccountKey: beside('account_key') };
    expect(faultsIn({ ...image, libraryAccountKey: 'sub-7' }, 'image')).toEqual(faults);
    expect(faultsIn({ ...image, libraryAccountKey: 7 }, 'image')).toEqual({});
  });

  test('a list, a time of change and a library are its own', () => {
    const own = { images: [], image_list: [], Images: [], updated_at: MOMENT };
    expect(faultsIn({ ...image, ...own }, 'image')).toEqual({});
    expect(faultsIn({ ...image, library: { account_key: 'sub-7' } }, 'image')).toEqual({});
  });

  test('its own fields in another spelling are at fault', () => {
    expect(faultsIn({ guid: guid(1), Title: 'a' }, 'image')).toEqual({ Title: 'written title' });
  });
});

describe('beside the data of a CloudEvent', () => {
  const misplaced = (parts: object, content: object = image) =>
    faultsOf(misplacedInCloudEvent({ ...parts }, { ...content }));

  test('each field of the event is named that the data does not say', () => {
    const parts = { account_key: 'a', AccountKey: 'b', force: true, removevirtualinventory: true };
    expect(misplaced(parts)).toEqual({
      account_key: 'stands in data, not beside it',
      AccountKey: 'written account_key, in data, not beside it',
      force: 'stands in data, not beside it',
      removevirtualinventory: 'written removeVirtualInventory, in data, not beside it',
    });
    const content = { account_key: 'c', force: false, removeVirtualInventory: false };
    expect(misplaced(parts, content)).toEqual({});
  });

  test('its time in another spelling is named where nothing says the time', () => {
    expect(misplaced({ Time: MOMENT })).toEqual({ Time: 'written time' });
    expect(misplaced({ Time: MOMENT, time: MOMENT })).toEqual({});
    expect(misplaced({ Time: MOMENT }, { ...image, time: MOMENT })).toEqual({});
  });

  test('other names, other types, images and their fields are attributes of its own', () => {
    const own = { libraryaccountkey: 'a', timestamp: MOMENT, images: [], imagelist: [] };
    expect(misplaced({ ...own, ...image, force: 'majeure', accountkey: 7, sku: 'a' })).toEqual({});
  });
});
