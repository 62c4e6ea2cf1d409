import { expect, test } from '@jest/globals';
import { readShown } from '../../../lambda/verification/read-shown.ts';
import { guid } from '../../helpers/records.ts';

const asked = [guid(1), guid(2)];
const read = (images: unknown) => readShown({ status: { success: true }, images }, asked);

test('texts are read by guid, without products, and a missing one is empty', () => {
  const image = { guid: `{${guid(1).toUpperCase()}}`, title: 'A', description: null };
  expect(read([image])).toEqual(new Map([[guid(1), { title: 'A', description: '' }]]));
});

test.each([
  ['no list', undefined],
  ['no image', [1]],
  ['no guid', [{ title: 'A' }]],
  ['an image that nobody asked for', [{ guid: guid(3) }]],
  ['an image twice', [{ guid: guid(1) }, { guid: guid(1) }]],
])('%s makes the whole answer unusable', (_, images) => {
  expect(read(images)).toBeUndefined();
});
