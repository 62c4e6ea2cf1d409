import { describe, expect, test } from '@jest/globals';
import { hasValues } from '../../../lambda/contract/fields.ts';
import { isForced, partOf } from '../../../lambda/images/change.ts';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import { change } from '../../helpers/delivery.ts';

const titleAlone = change(1);
const both = change(1, { description: 'd' });

describe('the part of a change that concerns some fields', () => {
  test('is the change itself where it has no others', () => {
    expect(partOf(both, ['title', 'description'])).toBe(both);
    expect(partOf(titleAlone, ['title', 'description'])).toBe(titleAlone);
  });

  test('knows the whole change where it has others', () => {
    const part = partOf(both, ['description']);
    expect(part).toMatchObject({ title: undefined, description: 'd', whole: both });
    expect(part && partOf({ ...both, whole: both }, ['title'])?.whole).toBe(both);
  });

  test('is none where it has none of them', () => {
    expect(partOf(titleAlone, ['description'])).toBeUndefined();
  });
});

test('one field is enough for something to be asked for', () => {
  expect([both, titleAlone].map(hasValues)).toEqual([true, true]);
  expect(hasValues(change(1, { title: undefined }))).toBe(false);
});

test('a field is forced by a change that asks for it, whatever others of the image ask for', () => {
  const [update = { guid: '', account: null, changes: [] }] = coalesce([
    change(1, { force: true }),
    change(1, { title: undefined, description: 'd' }),
  ]);
  expect([isForced(update, 'title'), isForced(update, 'description')]).toEqual([true, false]);
});
