import { describe, expect, test } from '@jest/globals';
import { endsOf, lowerCase, mayBeginEscape } from '../../../lambda/keys/escapes.ts';

/** Where a character ends at the beginning of a text, if it is there. */
const ends = (wanted: string, text: string) => endsOf(wanted.charCodeAt(0), text, 0);

describe('a character is found', () => {
  test.each([
    ['as itself', 'a', 'a', 1],
    ['in upper case', 'a', 'A', 1],
    ['at the end of the letters', 'z', 'Z', 1],
    ['as JSON writes a slash', '/', '\\/', 2],
    ['as JSON writes a quotation mark', '"', '\\"', 2],
    ['as JSON writes any character', '+', '\\u002B', 6],
    ['with an U', '+', '\\U002b', 6],
    ['with a letter for the last digit', '/', '\\u002f', 6],
    ['as URLs write it', '+', '%2b', 3],
    ['with a zero for the last digit', '0', '%30', 3],
    ['with a nine for the last digit', '9', '%39', 3],
    ['with an A for the last digit', 'j', '%6A', 3],
    ['with an F for the last digit', 'o', '%4F', 3],
    ['with a seven for the first digit', 'p', '%70', 3],
    ['as URLs write it in a URL', '+', '%252b', 5],
    ['as HTML names it', '+', '&plus;', 6],
    ['as HTML names it, without its semicolon', '+', '&plus', 5],
    ['as HTML names it, in upper case', '"', '&QUOT;', 6],
    ['as HTML numbers it', '+', '&#43;', 5],
    ['as HTML numbers it, in upper case', 'a', '&#65;', 5],
    ['as HTML numbers it in hexadecimal', 'a', '&#x0041;', 8],
    ['as HTML within JSON', '+', '\\u0026#43;', 10],
    ['as HTML within a URL', '+', '%26%2343%3b', 11],
    ['as JSON in JSON in JSON', '/', '\\\\\\\\/', 5],
  ])('%s', (_, wanted, text, end) => {
    expect(ends(wanted, text)).toContain(end);
    expect(ends(wanted, `${text}~`)).toContain(end);
  });
});

describe('no other character is found', () => {
  test.each([
    ['another letter', 'a', 'b'],
    ['what follows the letters in ASCII', '{', '['],
    ['what comes before the letters in ASCII', '`', '@'],
    ['an escape that JSON does not have', 'x', '\\x'],
    ['a code beyond ASCII', '+', '\\u012b'],
    ['another letter than u', '+', '\\v002b'],
    ['a line break', '\n', '%0a'],
    ['a code beyond ASCII in a URL', '\u00a2', '%a2'],
    ['what is no digit', '+', '%2g'],
    ['what is no digit but stands before A', '*', '%2@'],
    ['what is no digit but stands before 0', '\u001f', '%2/'],
    ['what is no digit but stands after 9', ':', '%2:'],
    ['half of an escape', '+', '%2'],
    ['a longer number', '+', '&#430;'],
    ['a longer hexadecimal number', 'a', '&#x0611;'],
    ['a name that HTML does not have', '+', '&minus;'],
    ['a character behind another one', 'b', 'ab'],
  ])('%s', (_, wanted, text) => {
    expect(ends(wanted, text)).toEqual([]);
  });
});

test('a backslash before a backslash is one or two characters', () => {
  expect(ends('\\', '\\\\')).toEqual([1, 2]);
});

test('escapes within escapes are followed four times', () => {
  const backslashes = (count: number) => '\\'.repeat(count);
  expect(ends('/', `${backslashes(4)}/`)).toEqual([5]);
  expect(ends('/', `${backslashes(5)}/`)).toEqual([]);
});

test('the characters that begin escapes are those of JSON, URLs and HTML', () => {
  const all = Array.from({ length: 128 }, (_, code) => code);
  const beginning = all.filter(mayBeginEscape).map((code) => String.fromCharCode(code));
  expect(beginning).toEqual(['%', '&', '\\']);
});

test('only letters of ASCII have a lower case', () => {
  const all = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
  const changed = all.filter((one) => lowerCase(one.charCodeAt(0)) !== one.charCodeAt(0));
  expect(changed.join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
});
