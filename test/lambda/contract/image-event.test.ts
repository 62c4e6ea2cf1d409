import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventReader } from '../../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../../lambda/contract/rejected-event.ts';
import { BAD_INPUTS } from '../../helpers/bad-inputs.ts';
import { guid } from '../../helpers/records.ts';
import { runs } from '../../helpers/runs.ts';

const readEvent = eventReader({});
const read = (value: unknown) => readEvent(JSON.stringify(value));
const image = { guid: guid(1), title: 'A title' };
const cloudEvent = {
  specversion: '1.0',
  type: 't',
  id: 'ce',
  source: '/pim',
  time: '2026-11-23T10:00:00.5+01:00',
};
const bridge = { 'detail-type': 't', id: 'eb', source: 'dam', time: '2026-11-23T10:00:00Z' };
const sns = (message: unknown) => ({
  Type: 'Notification',
  MessageId: 'sns',
  TopicArn: 'arn:topic',
  Timestamp: '2026-11-23T11:00:00.000Z',
  Message: JSON.stringify(message),
});
const ofCloudEvent = { id: 'ce', source: '/pim', time: '2026-11-23T09:00:00.500000000Z' };
const ofBridge = { id: 'eb', source: 'dam', time: '2026-11-23T10:00:00.000000000Z' };
const ofSns = { id: 'sns', source: 'arn:topic', time: '2026-11-23T11:00:00.000000000Z' };
const own = { id: 'own', source: 'me', time: '2026-11-23T12:00:00Z' };
const ofBody = { ...own, time: '2026-11-23T12:00:00.000000000Z' };

describe('a permission', () => {
  test.each(['force', 'removeVirtualInventory'])('%s is given by true alone', (name) => {
    const given = (value: unknown) => read({ ...cloudEvent, data: { ...image, [name]: value } });
    expect(given(true)).toMatchObject({ [name]: true });
    for (const value of [false, null, undefined]) {
      expect(given(value)).toMatchObject({ [name]: false });
    }
    for (const value of ['true', 1, {}]) {
      expect(() => given(value)).toThrow(`data.${name}: neither true nor false`);
    }
  });

  test('concerns every image of its event', () => {
    expect(read({ images: [image], force: true })).toMatchObject({ force: true });
  });
});

describe('faults', () => {
  const detailOf = (event: unknown) => {
    try {
      read(event);
    } catch (error) {
      if (error instanceof RejectedEvent) return error.message;
      throw error;
    }
    return undefined;
  };

  test('of a hundred images are all listed', () => {
    const detail = detailOf({ images: [image, ...Array(100).fill({ guid: 'x', title: 'a' })] });
    expect(detail?.split('; ')).toEqual(
      Array.from({ length: 100 }, (_, n) => `images[${n + 1}].guid: "x" is not a UUID`),
    );
  });

  test('of more images are counted after the first hundred, beside what else is wrong', () => {
    const images = Array(80_000).fill({ guid: 'x', title: 'a' });
    const detail = detailOf({ ...cloudEvent, data: { force: 1, images: [...images, image] } });
    const faults = detail?.split('; ') ?? [];
    expect(faults).toHaveLength(101);
    expect(faults[0]).toBe('data.force: neither true nor false');
    expect(faults[99]).toBe('data.images[98].guid: "x" is not a UUID');
    expect(faults[100]).toBe('… and 79,901 more images');
  });

  test('of an image that is listed are all listed', () => {
    const faults = detailOf({ images: Array(60).fill({ guid: 1, title: 2, description: 3 }) });
    expect(faults).toMatch(
      /^images\[0\].guid: 1 is not a text; images\[0\].title: 2 is not a text; /,
    );
    const listed = faults?.split('; ').length ?? 0;
    expect(faults).toMatch(new RegExp(`… and ${60 - (listed - 1) / 3} more images$`));
    expect(listed).toBeLessThan(105);
  });

  test('of contradictions are counted after the first hundred, too', () => {
    const images = Array.from({ length: 10_001 }, (_, n) => ({ guid: guid(1), title: `${n}` }));
    const faults = detailOf({ images })?.split('; ') ?? [];
    expect(faults[0]).toBe('images[1].title: differs from images[0] of the same guid');
    expect(faults.at(-1)).toBe('… and 9,900 more texts');
  });
});

describe('every envelope is read, and its facts are the event’s', () => {
  test.each([
    ['a plain list', { images: [image], account_key: null }, {}],
    ['one image alone', image, {}],
    ['a plain body with facts of its own', { ...image, ...own }, ofBody],
    ['CloudEvents', { ...cloudEvent, data: image }, ofCloudEvent],
    [
      'CloudEvents around a body with facts of its own',
      { ...cloudEvent, data: { ...image, ...own } },
      ofCloudEvent,
    ],
    [
      'CloudEvents without a time',
      { ...cloudEvent, time: undefined, data: image },
      { id: 'ce', source: '/pim' },
    ],
    ['EventBridge', { ...bridge, detail: { images: [image] } }, ofBridge],
    [
      'EventBridge around CloudEvents',
      { ...bridge, detail: { ...cloudEvent, data: image } },
      ofCloudEvent,
    ],
    ['SNS', sns(image), ofSns],
    ['SNS around a body with facts of its own', sns({ ...image, ...own }), ofBody],
    ['SNS around CloudEvents', sns({ ...cloudEvent, data: image }), ofCloudEvent],
    [
      'SNS around CloudEvents without a time',
      sns({ ...cloudEvent, time: null, data: image }),
      { id: 'ce', source: '/pim', time: ofSns.time },
    ],
    ['SNS around EventBridge', sns({ ...bridge, detail: image }), ofBridge],
  ])('%s', (_name, body, facts) => {
    expect(read(body)).toEqual({
      force: false,
      removeVirtualInventory: false,
      id: undefined,
      source: undefined,
      time: undefined,
      ...facts,
      account: null,
      images: [{ guid: guid(1), title: 'A title', description: undefined }],
    });
  });
});

describe('a body', () => {
  test('that is the example of the API’s page is an event', () => {
    const example =
      '{ "images": [ { "guid": "eaedbfbc-aee8-408f-9a80-43bda4e94de7", "title": "My Cool Image", "description": "This is a very cool image." } ], "account_key": null }';
    expect(readEvent(example).images).toEqual([
      {
        guid: 'eaedbfbc-aee8-408f-9a80-43bda4e94de7',
        title: 'My Cool Image',
        description: 'This is a very cool image.',
      },
    ]);
  });

  test.each([
    'EAEDBFBC-AEE8-408F-9A80-43BDA4E94DE7',
    '{eaedbfbc-aee8-408f-9a80-43bda4e94de7}',
    'eaedbfbcaee8408f9a8043bda4e94de7',
    'urn:uuid:eaedbfbc-aee8-408f-9a80-43bda4e94de7',
    'URN:UUID:EAEDBFBC-AEE8-408F-9A80-43BDA4E94DE7',
  ])('names one image whichever way its guid is written: %s', (written) => {
    expect(read({ guid: written, title: 'a' }).images[0]?.guid).toBe(
      'eaedbfbc-aee8-408f-9a80-43bda4e94de7',
    );
  });

  test('sets an empty text, and leaves what is null', () => {
    expect(read({ guid: guid(1), title: '', description: null }).images).toEqual([
      { guid: guid(1), title: '', description: undefined },
    ]);
  });

  test.each([null, undefined, ''])('is for the same account with account_key %p', (account_key) => {
    expect(read({ ...image, account_key }).account).toBeNull();
  });

  test('may carry fields that nobody knows, of any type', () => {
    const known = read(image);
    expect(read({ ...image, id: 77, source: {}, file_size: 1, products: [] })).toEqual(known);
  });

  test('may name an image twice as long as nothing contradicts', () => {
    const images = [image, { guid: guid(1).toUpperCase(), description: 'b' }, image];
    expect(read({ images }).images).toEqual([{ ...image, description: 'b' }]);
  });

  test('may hold thousands of images', () => {
    const images = Array.from({ length: 9_000 }, (_, n) => ({ guid: guid(n), title: `${n}` }));
    expect(read({ images }).images).toHaveLength(9_000);
  });
});

describe('a body that only the schemas read', () => {
  /** A time with an offset is one. */
  const time = '2026-11-23T13:00:00+01:00';
  const event = { ...own, time, account_key: 'sub-7', force: true };
  const said = { ...ofBody, account: 'sub-7', force: true, removeVirtualInventory: false };

  test.each([
    ['one image alone', { ...image, ...event }],
    ['one image alone, and no list', { ...image, ...event, images: null }],
    ['a list', { ...event, images: [image] }],
  ])('is the same event: %s', (_form, body) => {
    const images = [{ ...image, description: undefined }];
    expect(read(body)).toEqual({ ...said, images });
  });

  test('may have another name of its time', () => {
    const changed = { ...image, Time: '2020-01-01' };
    expect(read({ ...changed, time }).time).toBe(ofBody.time);
    expect(read({ images: [changed], time }).time).toBe(ofBody.time);
  });

  test('has no other name of its time at fault where an envelope says that', () => {
    const wrong = { guid: 'x', title: 'a', Time: '2020-01-01' };
    for (const [data, fault] of [
      [wrong, /^data\.guid: "x" is not a UUID$/],
      [{ images: [wrong] }, /^data\.images\[0\]\.guid: "x" is not a UUID$/],
    ] as const) {
      expect(() => read({ ...cloudEvent, data })).toThrow(fault);
    }
  });

  test('has another name of its time at fault where that is null', () => {
    const changed = { ...image, Time: '2020-01-01' };
    expect(() => read({ ...changed, time: null })).toThrow(/^Time: written time$/);
    expect(() => read({ images: [changed], time: null })).toThrow(
      /^images\[0\]\.Time: written time, beside images, not in an image$/,
    );
  });
});

describe('limits of length', () => {
  const limited = eventReader({ maxTitleLength: 5, maxDescriptionLength: 3 });

  test('let texts of just that length pass', () => {
    expect(() =>
      limited(JSON.stringify({ guid: guid(1), title: '12345', description: '123' })),
    ).not.toThrow();
  });

  test('reject what is longer and cut nothing', () => {
    const body = JSON.stringify({ guid: guid(1), title: '123456', description: '1234' });
    expect(() => limited(body)).toThrow(
      'title: longer than 5 characters; description: longer than 3 characters',
    );
  });
});

describe('a bad body is rejected with its reason and where to look', () => {
  test.each(BAD_INPUTS)('$name', ({ body, reason, detail }) => {
    let thrown: unknown;
    try {
      readEvent(body);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(RejectedEvent);
    expect(thrown).toMatchObject({ reason, message: expect.stringContaining(detail) });
  });

  test('says where the event should have been', () => {
    expect(() => read({})).toThrow(/^the body: neither images nor guid$/);
    expect(() => read({ ...cloudEvent, data: {} })).toThrow(/^data: neither images nor guid$/);
  });

  test('says so of names as well, where one of them is a guid or a list of images', () => {
    expect(() => read({ Title: 'a' })).toThrow(/^the body: neither images nor guid$/);
    expect(() => read({ Guid: guid(1), Title: 'a' })).toThrow(
      /^Guid: written guid; Title: written title$/,
    );
    expect(() => read({ Images: [], Title: 'a' })).toThrow(
      /^Images: written images; Title: written title$/,
    );
  });

  test('lists the names at fault and what else is wrong', () => {
    expect(() => read({ guid: 1, Guid: guid(1), title: 5 })).toThrow(
      /^Guid: written guid; guid: 1 is not a text; title: 5 is not a text$/,
    );
  });

  test('says no more of images that are no list', () => {
    expect(() => read({ images: { ...image } })).toThrow(/^images: not a list$/);
  });

  test('reads no guid out of a list', () => {
    expect(() => read({ guid: [guid(1)], title: 'a' })).toThrow(/^guid: a list is not a text$/);
    expect(() => read({ images: [{ guid: [guid(1)], title: 'a' }] })).toThrow(
      /^images\[0\]\.guid: a list is not a text$/,
    );
  });

  test('lists every contradiction', () => {
    const other = { guid: guid(1), title: 'b', description: 'c' };
    expect(() => read({ images: [{ ...image, description: 'b' }, other] })).toThrow(
      /^images\[1\]\.title: differs from images\[0\] of the same guid; images\[1\]\.description: differs/,
    );
  });

  test('lists every fault of every image', () => {
    const images = [{ guid: 'x', title: 5 }, { guid: guid(1) }, { title: 'a' }];
    expect(() => read({ images })).toThrow(
      'images[0].guid: "x" is not a UUID; images[0].title: 5 is not a text; images[1]: neither title nor description is supplied; images[2].guid: missing',
    );
  });
});

test('whatever text comes, it is an event or a rejection, and nothing else is thrown', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .object({ key: fc.constantFrom('guid', 'images', 'title', 'data', 'Message', 'time') })
      .map((value) => JSON.stringify(value)),
    fc
      .constantFrom(...BAD_INPUTS.map(({ body }) => body).filter((body) => body.length < 1_000))
      .chain((body) => fc.nat(body.length).map((cut) => body.slice(0, cut))),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        expect(readEvent(text).images.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(RejectedEvent);
      }
    }),
    runs(300),
  );
});
