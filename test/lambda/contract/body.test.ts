import { describe, expect, test } from '@jest/globals';
import { bodySchemas } from '../../../lambda/contract/body.ts';
import { faultsOf } from '../../../lambda/contract/faults/faults.ts';
import { guid } from '../../helpers/records.ts';

/** What a schema of bodies says of a value: what it reads, or its faults. */
function read(form: keyof ReturnType<typeof bodySchemas>, value: unknown, limits = {}): unknown {
  const { data, error } = bodySchemas(limits)[form].safeParse(value);
  return error === undefined ? data : faultsOf(error, []);
}

const image = { guid: guid(1), title: 'A title', description: undefined };
const UNSAID = { account_key: null, force: false, removeVirtualInventory: false };

describe('an image', () => {
  test.each([
    [{ guid: guid(1) }, ['neither title nor description is supplied']],
    [{ guid: guid(1), title: null }, ['neither title nor description is supplied']],
    [{ guid: guid(1), title: 5 }, ['title: 5 is not a text']],
    [{ guid: guid(1), title: ['a'] }, ['title: a list is not a text']],
    [{ title: 'a' }, ['guid: missing']],
    [{}, ['guid: missing', 'neither title nor description is supplied']],
    ['a text', ['not a JSON object']],
    [null, ['not a JSON object']],
  ])('is told every fault, and only what is one: %j', (value, faults) => {
    expect(read('image', value)).toEqual(faults);
  });

  test('has texts of any length where none is set, and else cuts none', () => {
    const long = { ...image, title: 'x'.repeat(100_000) };
    expect(read('image', long)).toEqual(long);
    const limits = { maxTitleLength: 5, maxDescriptionLength: 3 };
    const whole = { ...image, title: '12345', description: '123' };
    expect(read('image', whole, limits)).toEqual(whole);
    expect(read('image', { ...whole, title: '123456', description: '1234' }, limits)).toEqual([
      'title: longer than 5 characters',
      'description: longer than 3 characters',
    ]);
  });
});

describe('a list', () => {
  test.each([
    [{ ...image }, 'images: not a list'],
    ['images', 'images: not a list'],
    [undefined, 'images: not a list'],
    [[], 'images: no image in the list'],
  ])('of images has at least one: %j', (images, fault) => {
    expect(read('listed', { images })).toEqual([fault]);
    expect(read('many', { images })).toEqual([fault]);
  });

  test('is read with what its event says', () => {
    const event = { account_key: 'a', id: 'own', time: '2026-11-23T10:00:00+01:00', force: true };
    const said = { ...UNSAID, ...event, time: '2026-11-23T09:00:00.000000000Z' };
    const images = [{ ...image, title: 'A title', description: null }];
    expect(read('many', { ...event, images })).toEqual({ ...said, images: [image] });
    expect(read('listed', { ...event, images })).toEqual({ ...said, images });
  });
});

test.each(['account_key', 'force', 'removeVirtualInventory', 'time', 'id', 'source'])(
  'null says nothing: %s',
  (name) => expect(read('single', { ...image, [name]: null })).toEqual({ ...UNSAID, ...image }),
);
