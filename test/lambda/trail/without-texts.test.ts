import { expect, test } from '@jest/globals';
import { withoutTexts } from '../../../lambda/trail/without-texts.ts';

const title = 'Old pier at low tide, seen from the harbour wall';
const description = 'Printed on cotton';
const images = [{ title: 'A', description }, { title }];

test.each([
  ['a whole text', `HTTP 500: ${title} is wrong`, 'HTTP 500: …'],
  ['its beginning', `HTTP 500: "${title.slice(0, 20)}" is wrong`, 'HTTP 500: "…'],
  ['the first of two', `HTTP 500: ${title} or ${description}`, 'HTTP 500: …'],
  ['a text that is all of it', description, '…'],
])('a detail ends where it quotes a text of the event: %s', (_what, detail, told) => {
  expect(withoutTexts(detail, images)).toBe(told);
});

test.each([
  ['no text', 'HTTP 500: Internal Server Error'],
  ['less of a text', `HTTP 500: ${title.slice(0, 19)}`],
  ['a text of less than 4 characters', 'HTTP 500: A problem'],
])('a detail is whole where it quotes %s', (_what, detail) => {
  expect(withoutTexts(detail, images)).toBe(detail);
});
