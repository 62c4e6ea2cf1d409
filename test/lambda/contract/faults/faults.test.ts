import { expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { faultsOf } from '../../../../lambda/contract/faults/faults.ts';

const schema = z.object({ title: z.string('not a text') }, 'not a JSON object');
const faultsIn = (value: unknown, prefix: readonly PropertyKey[]) => {
  const { error } = schema.safeParse(value);
  return error && faultsOf(error, prefix);
};

test('a fault says where it is, and a fault of the whole body says no place', () => {
  expect(faultsIn({ title: 1 }, ['images', 3])).toEqual(['images[3].title: not a text']);
  expect(faultsIn(7, ['data'])).toEqual(['data: not a JSON object']);
  expect(faultsIn(7, [])).toEqual(['not a JSON object']);
});
