import { describe, test } from '@jest/globals';
import { WORLDS } from '../../../simulation/worlds/worlds.ts';
import { expectSound } from '../../helpers/small-worlds.ts';

describe.each(WORLDS)('$name', ({ small }) => {
  test.each([2, 3])('runs at a small size, and loses nothing: seed %d', async (seed) => {
    await expectSound(small, seed);
  });
});
