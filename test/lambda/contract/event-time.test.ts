import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EventTime, eventTimeOf, plainUtcTime } from '../../../lambda/contract/event-time.ts';

test.each([
  ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000000000Z'],
  ['2026-11-23t10:00:00z', '2026-11-23T10:00:00.000000000Z'],
  ['2026-11-23T10:00:00.12345678Z', '2026-11-23T10:00:00.123456780Z'],
  ['2026-11-23T10:00:00.123456789Z', '2026-11-23T10:00:00.123456789Z'],
  ['2026-11-23T10:00:00.1234567891Z', '2026-11-23T10:00:00.123456789Z'],
  ['2026-11-23T10:00:00.1+02:30', '2026-11-23T07:30:00.100000000Z'],
  ['2026-01-01T00:30:00.123456789123+01:00', '2025-12-31T23:30:00.123456789Z'],
  // No RFC 3339, and yet one reading.
  ['2026-11-23T10:00:00.000+0000', '2026-11-23T10:00:00.000000000Z'],
  ['2026-11-23T10:00:00-0530', '2026-11-23T15:30:00.000000000Z'],
  ['2026-11-23 10:00:00.5+00', '2026-11-23T10:00:00.500000000Z'],
  ['2026-11-23 10:00:00 +0200', '2026-11-23T08:00:00.000000000Z'],
  ['2026-11-23 10:00:00Z', '2026-11-23T10:00:00.000000000Z'],
])('%s is the moment %s', (text, time) => {
  expect(EventTime.parse(text)).toBe(time);
});

test('a moment outside the years 0000 to 9999 in UTC is refused', () => {
  expect(EventTime.safeParse('0000-01-01T00:00:00+01:00').success).toBe(false);
  expect(EventTime.safeParse('9999-12-31T23:59:59-01:00').success).toBe(false);
});

test('only a time in UTC is read without the schema', () => {
  expect(plainUtcTime('2026-11-23T10:00:00.5Z')).toBe('2026-11-23T10:00:00.500000000Z');
  for (const text of ['2026-11-23T10:00:00+01:00', '2026-11-23 10:00:00Z', 'Z', 'noon']) {
    expect(plainUtcTime(text)).toBeUndefined();
  }
});

test('comparing the texts compares the moments', () => {
  const moment = fc.date({
    min: new Date('1970-01-01'),
    max: new Date('2100-01-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      const [first, second] = [eventTimeOf(a.getTime()), eventTimeOf(b.getTime())];
      expect(first < second).toBe(a.getTime() < b.getTime());
      expect(EventTime.parse(a.toISOString())).toBe(first);
    }),
  );
});
