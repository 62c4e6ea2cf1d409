import { describe, expect, test } from '@jest/globals';
import { eventReader } from '../../../lambda/contract/image-event.ts';
import { parseRecord } from '../../../lambda/records/parse-record.ts';
import { READING } from '../../helpers/readings.ts';
import { sqsRecord } from '../../helpers/records.ts';

/** What producers were seen to send, reduced to what matters, as the function reads it. */
const GUID = '5a3c1e00-0000-4000-8000-000000000414';
const SENT = Date.parse('2026-11-23T10:00:00Z');
const image = { guid: GUID, title: 'Blue Heron' };
const cloudEvent = { specversion: '1.0', id: '1', source: '/s', type: 't' };

const readingOf = (body: unknown) => parseRecord(sqsRecord({ body, sentTimestamp: SENT }), READING);

/** The faults of an event that is rejected for its form, before FinerWorks is called. */
function expectFaults(body: unknown, faults: string): void {
  const reading = readingOf(body);
  expect(reading.changes).toEqual([]);
  expect(reading.verdict).toEqual({ kind: 'rejected', reason: 'InvalidEvent', detail: faults });
  // Nor does the schema's reader by itself take it, as the command line and the client call it.
  expect(() => eventReader({})(JSON.stringify(body))).toThrow(faults);
}

describe('a name that is nearly right is named, with how it is written', () => {
  test.each<[string, object, string]>([
    [
      'all of .NET’s own case',
      { Guid: GUID, Title: 'Blue Heron', Description: 'd' },
      'Guid: written guid; Title: written title; Description: written description',
    ],
    ['a list of such', { Images: [{ Guid: GUID }], AccountKey: null }, 'Images: written images'],
    ['one of two texts', { guid: GUID, Title: 'a', description: 'd' }, 'Title: written title'],
    ['capitals', { GUID, TITLE: 'a' }, 'GUID: written guid; TITLE: written title'],
    ['virtual inventory’s', { image_guid: GUID, name: 'a' }, 'image_guid: written guid'],
    ['the same in camel case', { imageGuid: GUID, title: 'a' }, 'imageGuid: written guid'],
    [
      'a product of virtual inventory',
      { sku: 'AP1', product_code: '5M6M', image_guid: GUID, description_long: 'l' },
      'image_guid: written guid',
    ],
    [
      'FinerWorks’ file manager’s',
      { ...image, libraryAccountKey: 'sub-7', librarySiteId: 2 },
      'libraryAccountKey: written account_key',
    ],
    ['camel case', { ...image, accountKey: 'sub-7' }, 'accountKey: written account_key'],
    ['beside a list', { images: [image], AccountKey: 'sub-7' }, 'AccountKey: written account_key'],
    [
      'a permission in snake case',
      { ...image, remove_virtual_inventory: true },
      'remove_virtual_inventory: written removeVirtualInventory',
    ],
    ['a slip', { ...image, descripton: 'd' }, 'descripton: written description'],
    [
      'letters that changed places',
      { ...image, accuont_key: 'a' },
      'accuont_key: written account_key',
    ],
    ['a time of capitals', { ...image, Time: '2020-01-01T00:00:00Z' }, 'Time: written time'],
    ['Rails’ time', { ...image, updated_at: '2020-01-01T00:00:00Z' }, 'updated_at: written time'],
    ['a timestamp', { ...image, timestamp: 1_577_836_800 }, 'timestamp: written time'],
    [
      'a byte order mark before the first key',
      { '\uFEFFguid': GUID, title: 'a' },
      '"\\ufeffguid": written guid',
    ],
    ['a space after a key', { 'guid ': GUID, title: 'a' }, '"guid ": written guid'],
    [
      'inside an envelope and a list',
      { ...cloudEvent, data: { images: [image, { ...image, Description: 'd' }] } },
      'data.images[1].Description: written description',
    ],
  ])('%s', (_name, body, faults) => expectFaults(body, faults));
});

describe('a field at the wrong place is named, with where it belongs', () => {
  const misplaced = (field: string) => `${field}, beside images, not in an image`;

  test.each<[string, object, string]>([
    [
      'the account in an image',
      { images: [{ ...image, account_key: 'sub-7' }] },
      'images[0].account_key: stands beside images, not in an image',
    ],
    [
      'the account in an image, in another case',
      { images: [{ ...image, accountKey: 'sub-7' }] },
      `images[0].accountKey: written ${misplaced('account_key')}`,
    ],
    [
      'the account in a library',
      { images: [image], library: { name: 'inventory', account_key: 'sub-7', site_id: 2 } },
      'library.account_key: written account_key, beside images',
    ],
    [
      'a permission in an image',
      { images: [{ ...image, removeVirtualInventory: true }] },
      'images[0].removeVirtualInventory: stands beside images, not in an image',
    ],
    [
      'force in an image',
      { images: [{ ...image, force: true }] },
      'images[0].force: stands beside images, not in an image',
    ],
    [
      'the time in an image',
      { images: [{ ...image, time: '2020-01-01T00:00:00Z' }] },
      'images[0].time: stands beside images, not in an image',
    ],
    [
      'an image beside the list',
      { ...image, images: [{ ...image, title: 'Other' }] },
      'guid: an image beside images: put it into the list',
    ],
  ])('%s', (_name, body, faults) => expectFaults(body, faults));
});

describe('a field of the event beside the data of a CloudEvent', () => {
  const faultIn = (parts: object, data: object = image) => {
    const { verdict } = readingOf({ ...cloudEvent, ...parts, data });
    if (verdict?.kind !== 'rejected') return undefined;
    expect(verdict.reason).toBe('InvalidEnvelope');
    return verdict.detail;
  };

  test.each<[object, string]>([
    [{ account_key: 'sub-7' }, 'account_key: stands in data, not beside it'],
    [{ accountkey: 'sub-7' }, 'accountkey: written account_key, in data, not beside it'],
    [{ force: true }, 'force: stands in data, not beside it'],
    [{ Time: '2020-01-01T00:00:00Z' }, 'Time: written time'],
  ])('%j is named', (parts, fault) => {
    expect(faultIn(parts)).toBe(fault);
  });

  test('is an attribute like any other where the data says the same, or its time is said', () => {
    expect(faultIn({ accountkey: 'sub-7' }, { ...image, account_key: 'sub-7' })).toBeUndefined();
    expect(faultIn({ time: '2026-01-01T00:00:00Z', Time: 'noon' })).toBeUndefined();
    expect(faultIn({ subject: 'a', title: 'a', force: 'majeure' })).toBeUndefined();
  });
});

describe('a producer’s own fields are ignored', () => {
  const own = {
    ...{
      _id: 1,
      ID: 2,
      id: 3,
      Source: 'a',
      name: 'a',
      type: 'print',
      tags: [],
      url: 'https://a/b',
    },
    ...{
      sku: 'a',
      alt: 'a',
      caption: 'a',
      date: '2020-01-01',
      created_at: '2020-01-01',
      version: 1,
    },
    ...{ file_name: 'a', image_url: 'a', image_id: 7, account: 'a', accountId: 'a', status: {} },
    ...{ subtitle: 'a', seo_title: 'a', titles: ['a'], title_de: 'a', personal_gallery_title: 'a' },
    ...{ descriptions: {}, description2: 'a', description_long: 'a', inscription: 'a' },
    ...{ library: { name: 'a', account_key: null }, locale: 'en', timezone: 'a', forced: true },
    ...{ Title: null, accountKey: null, updated_at: null, '@title': 'a', tile: 'a', item: 'a' },
  };
  const readsAs = (body: unknown) => {
    const { verdict, changes } = readingOf(body);
    expect(verdict).toBeUndefined();
    return changes;
  };

  test.each<[string, object]>([
    ['beside those of an image', { ...own, ...image }],
    ['beside a list', { ...own, images: [image], title: 'An album', guid: 'an album' }],
    ['in an image of a list', { images: [{ ...own, ...image, updated_at: '2020-01-01' }] }],
    ['inside an envelope', { ...cloudEvent, data: { ...own, ...image } }],
  ])('%s', (_name, body) => {
    expect(readsAs(body)).toMatchObject([{ ...image, account: null, force: false }]);
  });

  test('even another name, where the field itself says something', () => {
    const body = { ...image, imageTitle: 'Old', account_key: 'a', libraryAccountKey: 'b' };
    expect(readsAs({ ...body, images: null })).toMatchObject([{ ...image, account: 'a' }]);
  });

  test.each<[string, object]>([
    ['the body', { ...image, time: '2026-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' }],
    [
      'an envelope',
      { ...cloudEvent, time: '2026-01-01T00:00:00Z', data: { ...image, updated_at: '2020-01-01' } },
    ],
  ])('and another time, where %s says one', (_name, body) => {
    expect(readsAs(body)).toMatchObject([{ order: { time: '2026-01-01T00:00:00.000000000Z' } }]);
  });

  test('as the answer of list_images has them', () => {
    const listed = { ...image, id: 123, description: null, date_added: '2026-09-03', active: true };
    const answer = { status: { success: true }, images: [{ ...listed, products: null }], count: 1 };
    expect(readsAs(answer)).toMatchObject([image]);
    const without = { ...answer, images: [listed, { ...listed, title: null }] };
    expectFaults(without, 'images[1]: neither title nor description is supplied');
  });
});

describe('a guid that has one reading is read', () => {
  test.each([
    ['32 digits', '5a3c1e00000040008000000000000414'],
    ['a URN', `urn:uuid:${GUID}`],
    ['capitals in braces', `{${GUID.toUpperCase()}}`],
  ])('%s', (_name, guid) => {
    expect(readingOf({ guid, title: 'a' }).changes).toMatchObject([{ guid: GUID }]);
  });
});

describe('a guid that has none is quoted, and what is wrong with it said', () => {
  const hyphenated = (hyphen: string) => GUID.replaceAll('-', hyphen);

  test.each<[string, string, string]>([
    ['parentheses', `(${GUID})`, `"(${GUID})" stands in parentheses`],
    [
      'parts',
      '{0x5a3c1e00,0x0000,0x4000,{0x80,0x00,0x00,0x00,0x00,0x00,0x00,0x01}}',
      '"{0x5a3c1e00,0x0000,0x4000,{0x80,0x00,0x00,0x00,0…" is written in parts: write 8-4-4-4-12 hexadecimal digits',
    ],
    [
      'base64',
      'WjweAAAAQACAAAAAAAAEFA==',
      '"WjweAAAAQACAAAAAAAAEFA==" looks like base64: write 8-4-4-4-12 hexadecimal digits',
    ],
    ['spaces', ` ${GUID} `, `" ${GUID} " has a space before or after it`],
    ['a no-break space', `${GUID}\u00A0`, `"${GUID}\\u00a0" holds a no-break space (U+00A0)`],
    ['a zero width space', `\u200B${GUID}`, `"\\u200b${GUID}" holds a zero width space (U+200B)`],
    ['a byte order mark', `\uFEFF${GUID}`, `"\\ufeff${GUID}" holds a byte order mark (U+FEFF)`],
    ['a line break', `${GUID}\n`, `"${GUID}\\n" holds a line break (U+000A)`],
    ['a tab', `${GUID}\t`, `"${GUID}\\t" holds a tab (U+0009)`],
    [
      'hyphens that do not break',
      hyphenated('\u2011'),
      `"${hyphenated('\u2011')}" is written with U+2011, which is no hyphen`,
    ],
    [
      'dashes of a word processor',
      hyphenated('\u2013'),
      `"${hyphenated('\u2013')}" is written with U+2013, which is no hyphen`,
    ],
    ['quotation marks', `"${GUID}"`, `"\\"${GUID}\\"" has quotation marks of its own`],
    [
      'an address',
      `https://finerworks.com/images/${GUID}.jpg`,
      '"https://finerworks.com/images/5a3c1e00-0000-4000…" is an address: write the guid alone',
    ],
    [
      'Shopify’s id',
      'gid://shopify/MediaImage/1072273000000',
      '"gid://shopify/MediaImage/1072273000000" is an address: write the guid alone',
    ],
    [
      'a full-width digit',
      GUID.replace('5', '\uFF15'),
      `"${GUID.replace('5', '\uFF15')}" holds "\uFF15" (U+FF15), which is no hexadecimal digit`,
    ],
    [
      'a letter for a digit',
      GUID.replace('e00', 'eO0'),
      `"${GUID.replace('e00', 'eO0')}" holds "O" (U+004F), which is no hexadecimal digit`,
    ],
    [
      'too few digits',
      GUID.slice(0, -1),
      `"${GUID.slice(0, -1)}" has 31 hexadecimal digits, not 32`,
    ],
    [
      'a ULID',
      '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      '"01ARZ3NDEKTSV4RRFFQ69G5FAV" looks like a ULID, not a UUID',
    ],
    [
      'none that was set',
      '00000000-0000-0000-0000-000000000000',
      '"00000000-0000-0000-0000-000000000000" is all zeros: none was set',
    ],
    [
      'none that was set, as 32 digits',
      '0'.repeat(32),
      `"${'0'.repeat(32)}" is all zeros: none was set`,
    ],
  ])('%s', (_name, guid, fault) => {
    expectFaults({ guid, title: 'a' }, `guid: ${fault}`);
    expectFaults({ images: [image, { guid, title: 'a' }] }, `images[1].guid: ${fault}`);
  });

  test('a value of any length makes a fault of bounded length', () => {
    const detailOf = (guid: unknown) => readingOf({ guid, title: 'a' }).verdict;
    for (const guid of [
      'x'.repeat(900_000),
      '\u200B'.repeat(300_000),
      '\u{1F426}'.repeat(200_000),
    ]) {
      const verdict = detailOf(guid);
      if (verdict?.kind !== 'rejected') throw new Error('not rejected');
      expect(verdict.detail.length).toBeLessThan(400);
      expect(verdict.detail.isWellFormed()).toBe(true);
    }
  });
});

/** As a field of the body, and of an envelope around it. */
const inBothPlaces = (time: unknown) => [
  { body: { ...image, time }, reason: 'InvalidEvent' },
  { body: { ...cloudEvent, time, data: image }, reason: 'InvalidEnvelope' },
];

describe('a time that has one reading is read', () => {
  test.each([
    ['an offset without a colon', '2024-11-23T10:00:00.000+0000', '2024-11-23T10:00:00.000000000Z'],
    ['an offset of hours', '2024-11-23 12:00:00.5+02', '2024-11-23T10:00:00.500000000Z'],
  ])('%s', (_name, written, time) => {
    for (const { body } of inBothPlaces(written)) {
      expect(readingOf(body).changes).toMatchObject([{ order: { time } }]);
    }
  });
});

describe('of a time that has none it is said what is missing', () => {
  const write = 'write RFC 3339, 2026-11-23T10:00:00Z';

  test.each<[string, unknown, string]>([
    [
      'seconds since 1970',
      1_732_356_000,
      '1732356000 counts seconds since 1970: write 2024-11-23T10:00:00.000Z',
    ],
    [
      'milliseconds since 1970',
      1_732_356_000_123,
      '1732356000123 counts milliseconds since 1970: write 2024-11-23T10:00:00.123Z',
    ],
    [
      'seconds as a text',
      '1732356000.5',
      '"1732356000.5" counts seconds since 1970: write 2024-11-23T10:00:00.500Z',
    ],
    [
      'microseconds as a text',
      '1732356000123456',
      '"1732356000123456" counts microseconds since 1970: write 2024-11-23T10:00:00.123Z',
    ],
    ['a small number', 0, `0 is not a text: ${write}`],
    ['no seconds', '2024-11-23T10:00Z', `"2024-11-23T10:00Z" has no seconds: ${write}`],
    [
      'no offset',
      '2024-11-23T10:00:00',
      `"2024-11-23T10:00:00" has neither Z nor an offset: ${write}`,
    ],
    ['a day', '2024-11-23', `"2024-11-23" has no time of day: ${write}`],
    [
      'a zone by its name',
      '2024-11-23T10:00:00+00:00[Europe/London]',
      `"2024-11-23T10:00:00+00:00[Europe/London]" has the name of a zone after it: ${write}`,
    ],
    [
      'a day that never was',
      '2024-02-30T10:00:00Z',
      `"2024-02-30T10:00:00Z" is no moment of the years 0000 to 9999: ${write}`,
    ],
    [
      'Firestore’s',
      { _seconds: 1_732_356_000, _nanoseconds: 0 },
      `an object is not a text: ${write}`,
    ],
    ['an object with a toString', { toString: 1 }, `an object is not a text: ${write}`],
    [
      'a line break',
      '2024-11-23T10:00:00Z\n',
      `"2024-11-23T10:00:00Z\\n" holds a line break (U+000A): ${write}`,
    ],
    [
      'mail’s',
      'Sat, 23 Nov 2024 10:00:00 GMT',
      `"Sat, 23 Nov 2024 10:00:00 GMT" is not an RFC 3339 time with Z or an offset: ${write}`,
    ],
  ])('%s', (_name, time, fault) => {
    for (const { body, reason } of inBothPlaces(time)) {
      const detail = `time: ${fault}`;
      expect(readingOf(body).verdict).toEqual({ kind: 'rejected', reason, detail });
    }
  });
});

test('a time that is a default is rejected by name and never superseded', () => {
  for (const time of ['0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '1970-01-21T01:12:36Z']) {
    for (const { body } of inBothPlaces(time)) {
      expect(readingOf(body).verdict).toMatchObject({ kind: 'rejected', reason: 'TimeTooOld' });
    }
  }
});

test('of a key that stands twice the last one counts, as readers of JSON have it', () => {
  const { changes } = readingOf(`{"guid":"${GUID}","title":"First","title":"Second"}`);
  expect(changes).toMatchObject([{ title: 'Second' }]);
});

describe('a text is sent as it is written', () => {
  test.each(['Blue\0Heron', 'Blue\u0001\b\u001B[31mHeron\u007F', 'Tom &amp; Jerry&#39;s'])(
    '%j',
    (title) => expect(readingOf({ guid: GUID, title }).changes).toMatchObject([{ title }]),
  );
});
