import { expect, test } from '@jest/globals';
import { guidFault } from '../../../../lambda/contract/faults/guid-fault.ts';

const DIGITS = '5a3c1e0000004000800000000000041';

test.each([
  ['missing digits', DIGITS, 'has 31 hexadecimal digits, not 32'],
  ['missing digits after urn:uuid:', `urn:uuid:${DIGITS}`, 'has 31 hexadecimal digits, not 32'],
  ['missing digits in braces', `{${DIGITS}}`, 'has 31 hexadecimal digits, not 32'],
  ['a digit too many', `${DIGITS}42`, 'has 33 hexadecimal digits, not 32'],
  ['a letter', `${DIGITS}g`, 'holds "g" (U+0067), which is no hexadecimal digit'],
  ['something else', 'blue-heron', 'is not a UUID'],
])('what is nearly a guid is told its one slip: %s', (_what, value, fault) => {
  expect(guidFault(value)).toBe(`"${value}" ${fault}`);
});
