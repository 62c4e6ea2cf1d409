import { expect, test } from '@jest/globals';
import { ImageTroubles } from '../../../lambda/evidence/image-troubles.ts';
import { guid } from '../../helpers/records.ts';

const TROUBLE = { refused: { since: 1, hash: 'of the values' } };

test('what stands in the way of an image is remembered until nothing does', () => {
  const troubles = new ImageTroubles();
  expect(troubles.of(guid(1))).toBeUndefined();
  troubles.set(guid(1), TROUBLE);
  expect(troubles.of(guid(1))).toBe(TROUBLE);
  troubles.set(guid(1), undefined);
  expect(troubles.of(guid(1))).toBeUndefined();
});

test('of more than 10,000 images those are forgotten that nobody spoke of for longest', () => {
  const troubles = new ImageTroubles();
  for (let n = 0; n < 10_000; n += 1) troubles.set(guid(n), TROUBLE);
  troubles.set(guid(0), TROUBLE);
  troubles.set(guid(10_000), TROUBLE);
  expect(troubles.of(guid(1))).toBeUndefined();
  expect(troubles.of(guid(0))).toBe(TROUBLE);
  troubles.set(guid(5), undefined);
  troubles.set(guid(10_001), TROUBLE);
  expect(troubles.of(guid(2))).toBe(TROUBLE);
});
