import { expect, test } from '@jest/globals';
import { OpenImages } from '../../../lambda/images/open-images.ts';
import { update } from '../../helpers/delivery.ts';

test('an image is open until the last of its updates is decided', () => {
  const open = new OpenImages();
  const [ofOne, ofOther] = [update(1, { account: 'a' }), update(1, { account: 'b' })];
  const alone = update(2);
  for (const one of [ofOne, ofOther, alone]) open.add(one);

  open.delete(ofOne);
  expect([ofOne, alone].map(({ guid }) => open.has(guid))).toEqual([true, true]);
  open.deleteAll([ofOther, alone]);
  expect([ofOne, alone].map(({ guid }) => open.has(guid))).toEqual([false, false]);
});
