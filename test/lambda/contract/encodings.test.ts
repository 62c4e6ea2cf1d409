import { describe, expect, test } from '@jest/globals';
import { encodingOf } from '../../../lambda/contract/encodings.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const JSON_IN_BASE64 = 'it is JSON in base64: send the JSON itself, not encoded';

describe('base64', () => {
  test.each([
    ['an object', '{"title": "A"}', JSON_IN_BASE64],
    ['a list', '[1, 2, 3, 4, 5]', JSON_IN_BASE64],
    [
      'what another system sends',
      '{"body_html": ""}',
      `${JSON_IN_BASE64}; inside, it is a product of Shopify: it has no guid of FinerWorks; let a program of yours send the event of its image`,
    ],
    ['a text', '"a longer text"', undefined],
    ['a number', '123456789012345', undefined],
    ['null', 'null           ', undefined],
    ['no JSON', 'Blue Heron at dusk', undefined],
  ])('is named where an object or a list is in it: %s', (_what, text, said) => {
    expect(encodingOf(base64(text))).toBe(said);
  });

  test('is found in lines, with blanks around it', () => {
    const lines = base64('{"title": "Blue Heron"}').replace(/.{10}/g, '$&\r\n  ');
    expect(encodingOf(`\n ${lines}\n`)).toBe(JSON_IN_BASE64);
  });

  test('is none where it is shorter than any event', () => {
    expect(encodingOf(base64('{}\n'))).toBeUndefined();
  });

  test.each([
    ['zlib', '789c4bcb2f4a2d010007a202d0aabbccdd'],
    ['zlib', '78014bcb2f4a2d010007a202d0aabbccdd'],
    ['Zstandard', '28b52ffd0458410000aabbccddeeff0011'],
  ])('of bytes that %s compressed is named so', (name, bytes) => {
    expect(encodingOf(Buffer.from(bytes, 'hex').toString('base64'))).toBe(
      `it is ${name} in base64: send the JSON itself, neither compressed nor encoded`,
    );
  });
});

test.each([
  ['\n  <image guid="a"/>\n', 'it is XML or HTML: send the JSON itself'],
  [' %7B%22guid%22%3A1%7D', 'it is URL-encoded JSON: send the JSON itself, not encoded'],
  ['---\nguid: a', 'it is YAML: send the JSON itself'],
  ['hello', undefined],
  ['', undefined],
])('blanks before a text hide nothing of how it begins: %j', (text, said) => {
  expect(encodingOf(text)).toBe(said);
});
