import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bodySchemas } from '../../../lambda/contract/body.ts';
import { misnamedIn } from '../../../lambda/contract/faults/misnamed.ts';
import { maxLengthsOf } from '../../../lambda/contract/image.ts';
import { isJsonObject, type JsonObject } from '../../../lambda/contract/json.ts';
import { plainBodyReader, plainImage } from '../../../lambda/contract/plain-body.ts';
import { guid } from '../../helpers/records.ts';

const LIMITS = { maxTitleLength: 5, maxDescriptionLength: 8 };
const readPlain = plainBodyReader(LIMITS);
const { image, many, single } = bodySchemas(LIMITS);

/** What no field of an event should hold, and what JSON cannot even say. */
const odd = fc.constantFrom(null, undefined, '', 0, 1, true, false, [], {}, [null], { guid: 'a' });
const field = (...values: unknown[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, odd);
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

/** Times, and what nearly is one: days of no month, hours of no day, other cases and offsets. */
const time = fc
  .tuple(
    fc.oneof(digits(4), fc.constantFrom('2026', '2024', '2100', '0000', '9999')),
    fc.oneof(digits(2), fc.constantFrom('01', '02', '06', '12')),
    fc.oneof(digits(2), fc.constantFrom('01', '28', '29', '30', '31')),
    fc.constantFrom('T', 't', ' ', ''),
    fc.constantFrom('10:00:00', '23:59:59', '24:00:00', '00:60:00', '00:00:60', '10:00'),
    fc.oneof(
      fc.stringMatching(/^\.\d{1,12}$/),
      fc.constantFrom('', '.', '.1', '.123456789', ',5', '.١'),
    ),
    fc.constantFrom(
      'Z',
      'z',
      '',
      '+00:00',
      '+0000',
      '-0530',
      '+01',
      ' +0000',
      '-23:59',
      '+24:00',
      'Z\n',
      ' Z',
      'ZZ',
    ),
  )
  .map(([year, month, day, t, clock, fraction, zone]) =>
    [`${year}-${month}-${day}`, t, clock, fraction, zone].join(''),
  );

const upper = guid(1).replaceAll('0', 'A');
const guids = field(
  ...[guid(1), guid(1), upper, `{${upper}}`, `{${guid(1)}`, `${guid(1)}}`, `${guid(1)}\n`],
  ...[`urn:uuid:${upper}`, `URN:uuid:${guid(1)}`, `urn:uuid:{${guid(1)}}`, `urn:${guid(1)}`],
  ...[guid(1).replaceAll('-', ''), `{${guid(1).replaceAll('-', '')}}`, upper.replaceAll('-', '')],
  ...['0', '-', ''].map((hyphen) => `00000000-0000-0000-0000-000000000000`.replaceAll('-', hyphen)),
  ...['{00000000-0000-0000-0000-000000000000}', `urn:uuid:${guid(0)}`],
  ...[` ${guid(1)}`, `${guid(1)}0`, guid(1).replace('1', 'g')],
);
const images = {
  guid: guids,
  title: field('', 'a', 'Title', 'longer'),
  description: field('', 'b', 'At dusk', 'much longer'),
};
const facts = {
  account_key: field('an account', ''),
  id: field('an id'),
  source: field('/pim'),
  time: fc.oneof(time, odd),
  force: field(true, false, 'true'),
  removeVirtualInventory: field(true, false, 'false'),
};
/** Names that are near to a field's, or another name of one, or no field's at all, at any place. */
const otherNames = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'Title',
      'TITLE',
      '_title',
      'titel',
      'imageTitle',
      'Guid',
      'GUID',
      'image_guid',
    ),
    fc.constantFrom(
      'descripton',
      'Description',
      'descriptions',
      'description2',
      'image-description',
    ),
    fc.constantFrom('accountKey', 'AccountKey', 'libraryAccountKey', 'account', 'library'),
    fc.constantFrom('Images', 'image_list', 'updated_at', 'Time', 'timestamp', 'created_at'),
    fc.constantFrom(
      'Force',
      'remove_virtual_inventory',
      'name',
      'ID',
      '_id',
      'Source',
      'constructor',
    ),
    fc.constantFrom(...['guid', 'title', 'account_key', 'time', 'force', 'removeVirtualInventory']),
  ),
  field('a text', '2026-11-23T10:00:00Z', guid(2), { account_key: 'an account' }),
  { maxKeys: 2 },
);
const record = (model: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .tuple(fc.record(model, { requiredKeys: [] }), fc.option(otherNames, { freq: 3 }))
    .map(([known, others]) => ({ ...others, ...known }));
const list = fc.array(fc.oneof({ weight: 9, arbitrary: record(images) }, odd), { maxLength: 3 });
const bodies = fc.oneof(
  record({ ...facts, ...images, other: odd }),
  record({ ...facts, images: fc.oneof({ weight: 9, arbitrary: list }, odd) }),
  record({ ...facts, ...images, images: list }),
);

/** What the schemas say, with the images in a list; undefined where they, or the names, are at fault. */
function readBySchema(body: JsonObject, isTimedOutside: boolean): unknown {
  const isTimed = isTimedOutside || (body.time ?? undefined) !== undefined;
  const isSingle = body.images === undefined || body.images === null;
  const { data } = (isSingle ? single : many).safeParse(body);
  if (misnamedIn(body, isSingle ? 'single' : 'list', isTimed).length > 0) return undefined;
  const items: unknown[] = Array.isArray(body.images) ? body.images : [];
  const isMisnamed = (item: unknown) =>
    isJsonObject(item) && misnamedIn(item, 'image', isTimed).length > 0;
  if (data === undefined || items.some(isMisnamed)) return undefined;
  if ('images' in data) return data;
  const { guid, title, description, ...rest } = data;
  return { ...rest, images: [{ guid, title, description }] };
}

/** A body that is right in all but one field. */
const nearlyRight = fc
  .tuple(bodies, fc.constantFrom(...Object.keys({ ...facts, ...images })))
  .map(([body, name]) => ({ guid: guid(1), title: 'Title', [name]: body[name] }));

test('the names at fault are reached by what is tried here, in each place', () => {
  const places = new Set<string>();
  const tried = fc.sample(bodies, { numRuns: 2_000, seed: 1 });
  for (const body of tried) {
    const place = 'images' in body ? 'list' : 'single';
    for (const { field } of misnamedIn(body, place, false)) places.add(`${place} ${field}`);
    for (const item of Array.isArray(body.images) ? body.images : []) {
      if (!isJsonObject(item)) continue;
      for (const { field } of misnamedIn(item, 'image', false)) places.add(`image ${field}`);
    }
  }
  expect(places.size).toBeGreaterThan(15);
});

describe('what is read without the schemas', () => {
  test('is read as they read it, and every fault is left to them', () => {
    fc.assert(
      fc.property(fc.oneof(bodies, nearlyRight), fc.boolean(), (body, isTimed) => {
        const plain = readPlain(body, isTimed);
        if (plain !== undefined) expect(plain).toEqual(readBySchema(body, isTimed));
      }),
      { numRuns: 3_000 },
    );
  });

  test('is every image that the schema takes: what is left out is at fault', () => {
    fc.assert(
      fc.property(fc.oneof(record(images), fc.anything(), odd), fc.boolean(), (value, isTimed) => {
        const isMisnamed = isJsonObject(value) && misnamedIn(value, 'image', isTimed).length > 0;
        const expected = isMisnamed ? undefined : image.safeParse(value).data;
        expect(plainImage(value, maxLengthsOf(LIMITS), isTimed)).toEqual(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  test('is any text that the schemas take, and no other type', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const name of Object.keys({ ...facts, ...images, images: list })) {
          const body = { guid: guid(1), title: 'Title', [name]: value };
          const plain = readPlain(body, false);
          if (plain !== undefined) expect(plain).toEqual(readBySchema(body, false));
        }
      }),
    );
  });

  test('is what producers write nearly always', () => {
    const image = { guid: guid(1), title: 'Title', description: null };
    const plain = {
      id: 'an id',
      source: '/pim',
      time: '2026-11-23T10:00:00.123Z',
      account_key: '',
    };
    for (const body of [
      image,
      { ...plain, ...image },
      { images: [image, { ...image, guid: `{${upper}}` }], account_key: null },
      { ...plain, images: [image], force: true, removeVirtualInventory: false },
      { ...plain, ...image, sku: 'a', tags: ['b'], updated_at: '2026-11-23' },
    ]) {
      expect(isJsonObject(readPlain(body, false))).toBe(true);
    }
  });

  test('is what has another name of the time, where the event or its envelope says one', () => {
    const image = { guid: guid(1), title: 'Title', Time: '2026-11-23' };
    const time = '2026-11-23T10:00:00Z';
    expect(readPlain(image, true)).toBeDefined();
    expect(readPlain({ ...image, time }, false)).toBeDefined();
    expect(readPlain({ images: [image] }, true)).toBeDefined();
    expect(readPlain({ images: [image], time }, false)).toBeDefined();
    expect(readPlain({ images: [image] }, false)).toBeUndefined();
    expect(readPlain(image, false)).toBeUndefined();
  });
});
