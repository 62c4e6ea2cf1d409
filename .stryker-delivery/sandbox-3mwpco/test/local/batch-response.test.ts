// @ts-nocheck
import { describe, expect, test } from '@jest/globals';
import { disposalOf } from '../../local/lambda/batch-response.ts';

const IDS = ['a', 'b', 'c'];
const deletedBy = (answer: string) => [...disposalOf(answer, IDS).deleted];

describe('the answer of a function that reports batch item failures', () => {
  test.each([
    ['no failures', '{"batchItemFailures":[]}'],
    ['null failures', '{"batchItemFailures":null}'],
    ['an empty answer', '{}'],
    ['a null answer', 'null'],
  ])('deletes the whole batch for %s', (_name, answer) => {
    expect(deletedBy(answer)).toEqual(IDS);
  });

  test.each([
    ['no JSON', 'oops'],
    ['a text', '"a"'],
    ['a wrong key', '{"batchItemfailures":[]}'],
    ['a wrong key inside', '{"batchItemFailures":[{"messageId":"a"}]}'],
    ['an empty identifier', '{"batchItemFailures":[{"itemIdentifier":""}]}'],
    ['a null identifier', '{"batchItemFailures":[{"itemIdentifier":null}]}'],
    [
      'an unknown identifier',
      '{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"z"}]}',
    ],
  ])('brings the whole batch back for %s', (_name, answer) => {
    expect(deletedBy(answer)).toEqual([]);
  });

  test('deletes all but the records that it names', () => {
    expect(deletedBy('{"batchItemFailures":[{"itemIdentifier":"b"}]}')).toEqual(['a', 'c']);
  });
});
