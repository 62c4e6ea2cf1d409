import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { idOf } from '../../../cli/events/stamp.ts';
import { compareTexts } from '../../../lambda/images/order.ts';

test('a later line of a file has the greater id, which decides where times are the same', () => {
  const position = fc.nat(999_999_999);
  fc.assert(
    fc.property(position, position, (one, other) => {
      expect(compareTexts(idOf('run', one), idOf('run', other))).toBe(Math.sign(one - other));
    }),
  );
});
