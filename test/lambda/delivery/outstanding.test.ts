import { expect, test } from '@jest/globals';
import { Outstanding } from '../../../lambda/delivery/outstanding.ts';
import { SHARED } from '../../../lambda/lanes/lanes.ts';
import type { Group } from '../../../lambda/lanes/pack-by-lane.ts';
import { toStream, update } from '../../helpers/delivery.ts';

test('an image is complete with the last of its calls', async () => {
  const outstanding = new Outstanding();
  const [ofOne, ofOther, alone] = [
    update(1, { account: 'a' }),
    update(1, { account: 'b' }),
    update(2),
  ];
  const groups: Group[] = [
    { lane: SHARED, updates: [ofOne, ofOther] },
    { lane: null, updates: [alone] },
  ];
  expect(await Array.fromAsync(outstanding.count(toStream(groups)))).toEqual(groups);

  expect(outstanding.completedBy({ account: 'a', updates: [ofOne] })).toEqual([]);
  expect(outstanding.completedBy({ account: null, updates: [alone] })).toEqual([alone.guid]);
  expect(outstanding.completedBy({ account: 'b', updates: [ofOther] })).toEqual([ofOne.guid]);
});
