import { expect, test } from '@jest/globals';
import { fieldsOf, hasValues, ofEachField } from '../../../lambda/contract/fields.ts';

test.each([
  [{}, []],
  [{ title: undefined, description: undefined }, []],
  [{ title: '' }, ['title']],
  [{ title: undefined, description: 'At dusk' }, ['description']],
  [{ description: 'At dusk', title: 'Blue Heron' }, ['title', 'description']],
])('a field is supplied where it has a value, an empty one as well: %j', (values, fields) => {
  expect(fieldsOf(values)).toEqual(fields);
  expect(hasValues(values)).toBe(fields.length > 0);
});

test('something is made of each field', () => {
  expect(ofEachField((field) => field.length)).toEqual({ title: 5, description: 11 });
});
