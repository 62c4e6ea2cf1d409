import { describe, expect, test } from '@jest/globals';
import { classify } from '../../../lambda/finerworks/classify.ts';
import { readList, toListBody } from '../../../lambda/finerworks/list-images.ts';
import type { ListSettings } from '../../../lambda/finerworks/list-settings.ts';
import { guid } from '../../helpers/records.ts';

const guids = (count: number) => Array.from({ length: count }, (_, n) => guid(n));
const image = (guid: string) => ({ guid, title: 'a', description: 'b', products: [] });

/** What is read of an answer that shows the first of the images that are asked for. */
function listOf(asked: number, shown: number, figures: Readonly<Record<string, unknown>> = {}) {
  const answer = { images: guids(shown).map(image), ...figures };
  return readList(answer, { account: null, guids: guids(asked), sessionId: 'session' });
}

describe('a list that shows every image', () => {
  test.each([
    ['no figures', {}],
    ['the whole library counted', { page_number: 1, per_page: 50, count: 12_345 }],
    ['another page', { page_number: 2, per_page: 10, count: 3 }],
    ['figures that are none', { page_number: 'one', per_page: {}, count: 'many' }],
  ])('is believed, whatever the figures: %s', (_name, figures) => {
    expect([...(listOf(3, 3, figures)?.keys() ?? [])]).toEqual(guids(3));
  });

  test('is believed where it is a full page', () => {
    expect(listOf(50, 50, { page_number: 1, per_page: 50, count: 50 })?.size).toBe(50);
  });
});

describe('a list that leaves images out', () => {
  test.each([
    ['no figures', {}],
    ['null for figures', { page_number: null, per_page: null, count: null }],
    ['all that match counted', { page_number: 1, per_page: 50, count: 20 }],
    ['a count that nobody filled in', { page_number: 1, per_page: 50, count: 0 }],
    ['a page that is not full', { page_number: 1, per_page: 21, count: 20 }],
  ])('is believed where no figure says that there is more: %s', (_name, figures) => {
    expect(listOf(50, 20, figures)?.size).toBe(20);
  });

  test.each([
    ['a smaller page, full, and more counted', { page_number: 1, per_page: 20, count: 50 }],
    ['a smaller page, full', { page_number: 1, per_page: 20, count: 20 }],
    ['a smaller page, full, and nothing counted', { per_page: 20 }],
    ['a page smaller than what it shows', { per_page: 10, count: 20 }],
    ['more counted', { page_number: 1, per_page: 50, count: 21 }],
    ['the whole library counted, or more that match', { page_number: 1, per_page: 50, count: 9e3 }],
    ['a later page', { page_number: 2, per_page: 50, count: 20 }],
    ['a page counted from 0, or none', { page_number: 0, per_page: 50, count: 20 }],
    ['a count that is no number', { page_number: 1, per_page: 50, count: '50' }],
    ['a page size that is no number', { page_number: 1, per_page: '20', count: 20 }],
  ])('is not believed where a figure may say so: %s', (_name, figures) => {
    expect(listOf(50, 20, figures)).toBeUndefined();
  });

  test('is not believed where it is as long as a page is by default, and no size is said', () => {
    expect(listOf(50, 10)).toBeUndefined();
    expect(listOf(50, 10, { per_page: 50 })?.size).toBe(10);
    expect(listOf(10, 10)?.size).toBe(10);
  });

  test('may show nothing at all', () => {
    expect(listOf(50, 0, { page_number: 1, per_page: 50, count: 0 })?.size).toBe(0);
    expect(listOf(50, 0, { page_number: 1, per_page: 50, count: 1 })).toBeUndefined();
  });
});

describe('a list is not believed that', () => {
  const query = { account: null, guids: guids(3), sessionId: 'session' };

  test.each([
    ['shows an image twice', { images: [...guids(3), guid(1)].map(image) }],
    [
      'shows an image twice, in two ways to write it',
      { images: [...guids(3), `{${guid(1)}}`].map(image) },
    ],
    ['shows an image that nobody asked for', { images: [...guids(2), guid(7)].map(image) }],
    ['shows an image without a guid', { images: [{ products: [] }] }],
    ['shows what is no image', { images: [null] }],
    ['has products that are no list', { images: [{ guid: guid(1), products: 'AP1' }] }],
    ['has no list of images', { images: {} }],
    ['is no object', []],
  ])('%s', (_name, content) => {
    expect(readList(content, query)).toBeUndefined();
  });

  test('is no JSON', () => {
    expect(readList('<html>', query)).toBeUndefined();
    expect(readList(undefined, query)).toBeUndefined();
  });
});

test('a list has texts and SKUs as they are, and a name for products without one', () => {
  const products = [{ sku: 'AP1' }, { sku: 7 }, null, { sku: 'x'.repeat(10_000) }];
  const answer = {
    images: [
      { guid: guid(1).toUpperCase(), title: '', description: 7, products },
      { guid: guid(2), products: null },
    ],
  };
  expect(
    readList(answer, { account: null, guids: [guid(1), guid(2)], sessionId: 'session' }),
  ).toEqual(
    new Map([
      [
        guid(1),
        {
          title: '',
          description: undefined,
          skus: ['AP1', 'unnamed', 'unnamed', 'x'.repeat(100)],
        },
      ],
      [guid(2), { title: undefined, description: undefined, skus: [] }],
    ]),
  );
});

test('a list that does not say whether an image has products leaves that open', () => {
  const answer = { images: guids(2).map((guid) => ({ guid, title: 'a', description: 'b' })) };
  const listed = readList(answer, { account: null, guids: guids(2), sessionId: 'session' });
  expect([...(listed?.values() ?? [])]).toMatchObject([{ skus: undefined }, { skus: undefined }]);
});

describe('the library that is listed', () => {
  const libraryOf = (account: string | null, settings?: ListSettings) =>
    JSON.parse(toListBody({ account, guids: guids(1), sessionId: 'request-1' }, settings)).library;

  test('is the inventory of site 2, with the session id of the query', () => {
    expect(libraryOf('a')).toEqual({
      name: 'inventory',
      session_id: 'request-1',
      account_key: 'a',
      site_id: 2,
    });
  });

  test('is what the settings say', () => {
    const settings = { listSessionId: 'the-session', listSiteId: 7, listLibrary: 'other' };
    expect(libraryOf(null, settings)).toEqual({
      name: 'other',
      session_id: 'the-session',
      account_key: null,
      site_id: 7,
    });
  });

  test('has the account for a session id, unless it makes none of 8 to 50 characters', () => {
    const settings = { listSessionId: '{account}' };
    const sessionOf = (account: string | null) => libraryOf(account, settings).session_id;
    expect(sessionOf(guid(1))).toBe(guid(1));
    expect([null, 'short', 'x'.repeat(51)].map(sessionOf)).toEqual(Array(3).fill('request-1'));
  });
});

test('an answer of more parts than 50 images can have is unreadable', () => {
  const answerOf = (items: number) => {
    const text = `{"status":{"success":true},"images":[${Array(items).fill('{}').join(',')}]}`;
    return { kind: 'answer', status: 200, retryAfter: null, text, truncated: false } as const;
  };
  expect(classify(answerOf(199_000))).toMatchObject({ kind: 'applied' });
  expect(classify(answerOf(200_000))).toMatchObject({ kind: 'retry', reason: 'UnreadableAnswer' });
});
