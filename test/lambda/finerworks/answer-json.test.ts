import { expect, test } from '@jest/globals';
import { answerJson } from '../../../lambda/finerworks/answer-json.ts';

/** JSON of so many parts: a list, and so many within. */
const listOf = (part: string, count: number) => `[${Array(count).fill(part).join(',')}]`;

test.each(['[]', '{}'])('200,000 parts such as %s are parsed, and one more is not', (part) => {
  expect(answerJson(listOf(part, 199_999))).toHaveLength(199_999);
  expect(answerJson(listOf(part, 200_000))).toBeUndefined();
});

test('a field is a part', () => {
  expect(answerJson(listOf('{"a":1}', 99_999))).toHaveLength(99_999);
  expect(answerJson(listOf('{"a":1}', 100_000))).toBeUndefined();
});

test('a long text of few parts is parsed', () => {
  const text = 'a'.repeat(400_000);
  expect(answerJson(JSON.stringify({ text }))).toEqual({ text });
});

test('what is no JSON is undefined', () => {
  expect(answerJson('<html>')).toBeUndefined();
});
