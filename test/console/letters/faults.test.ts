import { expect, test } from '@jest/globals';
import { checkBody } from '../../../console/server/letters/check-body.ts';
import { faultsIn } from '../../../console/server/letters/faults.ts';
import { explainingReader } from '../../../lambda/contract/faults/explaining-reader.ts';
import { guid } from '../../helpers/records.ts';

test('a detail has a fault for each path, and what is said of the whole has none', () => {
  expect(
    faultsIn('images[1].guid: "x" is not a UUID; titel: written title; its keys are a'),
  ).toEqual([
    { path: 'images[1].guid', what: '"x" is not a UUID' },
    { path: 'titel', what: 'written title' },
    { path: '', what: 'its keys are a' },
  ]);
  expect(faultsIn('')).toEqual([]);
});

test('a body is judged by the contract, limits on texts included', () => {
  const readEvent = explainingReader({ maxTitleLength: 3 });
  expect(checkBody(JSON.stringify({ guid: guid(1), title: 'abc' }), readEvent)).toEqual({
    isValid: true,
    faults: [],
  });
  expect(checkBody(JSON.stringify({ guid: guid(1), title: 'abcd' }), readEvent)).toEqual({
    isValid: false,
    reason: 'InvalidEvent',
    faults: [{ path: 'title', what: expect.stringContaining('longer than 3 characters') }],
  });
  expect(checkBody('{', readEvent)).toMatchObject({ isValid: false, reason: 'NotJson' });
});
