import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventTimeOf } from '../../../lambda/contract/event-time.ts';
import { RejectedEvent } from '../../../lambda/contract/rejected-event.ts';
import { parseRecord } from '../../../lambda/records/parse-record.ts';
import { refuseTimeTooOld } from '../../../lambda/records/time-too-old.ts';
import { READING } from '../../helpers/readings.ts';
import { guid, sqsRecord } from '../../helpers/records.ts';
import { runs } from '../../helpers/runs.ts';

const DAY = 86_400_000;
const YEAR = 365.25 * DAY;
const SENT = Date.parse('2026-11-23T10:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** Events of a few days and of other centuries, about as old as is allowed, held to several bounds. */
const orders = fc.array(
  fc
    .record({
      years: fc.constantFrom(1, 20, 21, 1_000),
      sentAt: fc.oneof(
        fc.nat(5 * DAY).map((after) => SENT + after),
        fc.integer({ min: 0, max: LAST }),
      ),
      off: fc.oneof(fc.integer({ min: -1, max: 1 }), fc.integer({ min: -3 * DAY, max: 3 * DAY })),
    })
    .map(({ years, sentAt, off }) => {
      const at = Math.min(LAST, sentAt - years * YEAR + off);
      return { years, order: { time: eventTimeOf(at), sentAt, id: 'an id' } };
    }),
);

test('a time is refused for what is before its own bound, whatever was let through before', () => {
  fc.assert(
    fc.property(orders, (all) => {
      for (const { order, years } of all) {
        const compare = expect(() => refuseTimeTooOld(order, years));
        if (order.time < eventTimeOf(order.sentAt - years * YEAR)) compare.toThrow(RejectedEvent);
        else compare.not.toThrow();
      }
    }),
    runs(300),
  );
});

test('a sending after all years that a text can hold is no fault of the time', () => {
  const time = '9999-12-31T23:59:59.999999999Z';
  const order = { time, sentAt: Number.MAX_SAFE_INTEGER, id: 'an id' };
  expect(() => refuseTimeTooOld(order, 20)).not.toThrow();
  expect(() => refuseTimeTooOld({ ...order, time: eventTimeOf(0) }, 20)).toThrow(RejectedEvent);
});

describe('a default that nobody set', () => {
  const image = { guid: guid(1), title: 'A' };
  const cloudEvent = { specversion: '1.0', id: '1', source: '/pim', type: 't' };
  const verdictOf = (body: unknown, parts = {}) =>
    parseRecord(sqsRecord({ body, sentTimestamp: SENT, ...parts }), READING).verdict;

  test.each([
    ['the least of .NET and the zero of Go', '0001-01-01T00:00:00Z'],
    ['the same, in a zone ahead of UTC', '0001-01-01T00:00:00+00:30'],
    ['the year 0', '0000-01-01T00:00:00Z'],
    ['FILETIME', '1601-01-01T00:00:00Z'],
    ['SQL Server', '1753-01-01T00:00:00Z'],
    ['OLE', '1899-12-30T00:00:00Z'],
    ['Unix', '1970-01-01T00:00:00Z'],
    ['Unix, west of Greenwich', '1969-12-31T19:00:00-05:00'],
    ['FAT', '1980-01-01T00:00:00Z'],
    ['a clock without a battery', '2000-01-01T00:00:00.000Z'],
    ['Cocoa', '2001-01-01T00:00:00Z'],
  ])('is rejected by name wherever it stands: %s', (_name, time) => {
    const bridge = { 'detail-type': 't', id: '1', source: 's', time, detail: image };
    const notification = { Type: 'Notification', MessageId: 'm', TopicArn: 'arn:aws:sns:x' };
    for (const body of [
      { ...image, time },
      { images: [image], time },
      { ...cloudEvent, time, data: image },
      { ...cloudEvent, data: { ...image, time } },
      bridge,
      { ...notification, Timestamp: time, Message: JSON.stringify(image) },
    ]) {
      expect(verdictOf(body)).toEqual({
        kind: 'rejected',
        reason: 'TimeTooOld',
        detail: expect.stringMatching(
          /^time: \d{4}-.* is more than 20 years before it was sent, 2026-11-23T10:00:00.000000000Z; a default value, where none was set\?$/,
        ),
      });
    }
  });

  test('that comes from a redrive’s attribute is rejected too', () => {
    const origin = { messageId: 'm', sentTimestamp: SENT, time: '1970-01-01T00:00:00Z', id: null };
    const redrive = { stringValue: JSON.stringify({ count: 1, origin }), dataType: 'String' };
    expect(verdictOf(image, { messageAttributes: { redrive } })).toMatchObject({
      reason: 'TimeTooOld',
    });
  });

  test('is told apart from seconds that were taken for milliseconds', () => {
    const time = new Date(SENT / 1_000).toISOString();
    expect(verdictOf({ ...image, time })).toMatchObject({
      reason: 'TimeTooOld',
      detail: expect.stringMatching(
        /; were seconds taken for milliseconds\? They would be 2026-11-23T10:00:00.000000000Z$/,
      ),
    });
  });

  test.each([
    ['of the day ahead of the sending', SENT + DAY, 'were seconds taken'],
    ['after that', SENT + DAY + 1_000, 'a default value'],
    ['of the oldest time that is not refused', SENT - 20 * YEAR, 'were seconds taken'],
    ['before that', SENT - 20 * YEAR - 1_000, 'a default value'],
  ])('was taken for milliseconds where it means a time %s', (_name, meant, guess) => {
    const time = new Date(meant / 1_000).toISOString();
    expect(verdictOf({ ...image, time })).toMatchObject({
      detail: expect.stringContaining(guess),
    });
  });

  test('is not a change of an old catalogue', () => {
    expect(verdictOf({ ...image, time: '2007-05-01T00:00:00Z' })).toBeUndefined();
  });
});
