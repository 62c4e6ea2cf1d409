import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readable } from '../../../console/page/editor/readable.ts';

describe('a body in the editor', () => {
  test('has a line for each field', () => {
    expect(readable('{"guid":"a b","images":[1]}')).toBe(
      '{\n  "guid": "a b",\n  "images": [\n    1\n  ]\n}',
    );
  });

  test.each([
    ['no JSON', '{"guid": "a'],
    ['a number that JavaScript can’t hold', '{"id":12345678901234567890}'],
    ['a key that stands twice', '{"a":1,"a":2}'],
    ['escapes that JavaScript would write as letters', '{"a":"\\u0041"}'],
  ])('stays as it is where it would not be the same: %s', (_name, body) => {
    expect(readable(body)).toBe(body);
  });

  test('is the same JSON, whatever it is', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(JSON.parse(readable(body))).toEqual(JSON.parse(body));
      }),
    );
  });
});
