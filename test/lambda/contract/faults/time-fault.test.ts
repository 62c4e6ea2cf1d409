import { describe, expect, test } from '@jest/globals';
import { timeFault } from '../../../../lambda/contract/faults/time-fault.ts';

const WRITE = 'write RFC 3339, 2026-11-23T10:00:00Z';

describe('a number, or a text that is one, counts a unit since 1970', () => {
  test.each([
    [100_000_000, '100000000 counts seconds since 1970: write 1973-03-03T09:46:40.000Z'],
    [1_732_356_000.5, '1732356000.5 counts seconds since 1970: write 2024-11-23T10:00:00.500Z'],
    [
      '1732356000.250',
      '"1732356000.250" counts seconds since 1970: write 2024-11-23T10:00:00.250Z',
    ],
    [1e11, '100000000000 counts milliseconds since 1970: write 1973-03-03T09:46:40.000Z'],
    [1e14, '100000000000000 counts microseconds since 1970: write 1973-03-03T09:46:40.000Z'],
    [1e17, '100000000000000000 counts nanoseconds since 1970: write 1973-03-03T09:46:40.000Z'],
    [
      '1732356000123456789',
      '"1732356000123456789" counts nanoseconds since 1970: write 2024-11-23T10:00:00.123Z',
    ],
  ])('%j', (value, fault) => expect(timeFault(value)).toBe(fault));

  test.each([99_999_999, -1_732_356_000, 1e20, 1.5, true, null, {}])('%j counts none', (value) => {
    const shown = typeof value === 'object' && value !== null ? 'an object' : String(value);
    expect(timeFault(value)).toBe(`${shown} is not a text: ${WRITE}`);
  });

  test.each([
    ...['+1732356000', '1732356000e3', ' 1732356000', '0x1732356000', '1732356000Z', 'a1732356000'],
    ...['99999999999999999999', '100000000000000000000', '12345678', '1732356000.'],
  ])('%j counts none', (text) => {
    const fault = `"${text}" is not an RFC 3339 time with Z or an offset: ${WRITE}`;
    expect(timeFault(text)).toBe(fault);
  });
});

test.each([
  [{ toString: 1 }, 'an object'],
  [{ toString: {}, valueOf: {} }, 'an object'],
  [[1_732_356_000], 'a list'],
])('what is neither a number nor a text is named, whatever it holds: %j', (value, shown) => {
  expect(timeFault(value)).toBe(`${shown} is not a text: ${WRITE}`);
});

test('where there is none, that is all', () => {
  expect(timeFault(undefined)).toBe('missing');
});
