import { expect, test } from '@jest/globals';
import { completed } from '../helpers/completed.ts';

test('completion knows the values of an option', async () => {
  expect(await completed(['send', '--group-by', ''])).toEqual(['account', 'image', 'none']);
});
