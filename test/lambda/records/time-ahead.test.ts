import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EventTime, eventTimeOf } from '../../../lambda/contract/event-time.ts';
import { RejectedEvent } from '../../../lambda/contract/rejected-event.ts';
import { refuseTimeAhead } from '../../../lambda/records/time-ahead.ts';
import { runs } from '../../helpers/runs.ts';

const MINUTES = 2;
const BEGIN = Date.parse('2026-11-23T10:00:00Z');

/** Events of some minutes and a few of other centuries, down to the nanosecond and in any order. */
const orders = fc.array(
  fc
    .record({
      sentAt: fc.oneof(
        fc.nat(600_000).map((after) => BEGIN + after),
        fc.integer({ min: 0, max: Date.parse('9999-01-01T00:00:00Z') }),
      ),
      ahead: fc.oneof(
        fc.integer({ min: -1, max: 1 }).map((off) => MINUTES * 60_000 + off),
        fc.integer({ min: -600_000, max: 600_000 }),
      ),
      nanoseconds: fc.constantFrom('', '000001', '999999'),
    })
    .map(({ sentAt, ahead, nanoseconds }) => {
      const time = new Date(Math.max(0, sentAt + ahead)).toISOString();
      return { time: EventTime.parse(time.replace('Z', `${nanoseconds}Z`)), sentAt, id: 'an id' };
    }),
);

test('a time is refused for what is after its own limit, whatever was let through before', () => {
  fc.assert(
    fc.property(orders, (all) => {
      for (const order of all) {
        const latest = eventTimeOf(order.sentAt + MINUTES * 60_000);
        const compare = expect(() => refuseTimeAhead(order, MINUTES));
        if (order.time > latest) compare.toThrow(RejectedEvent);
        else compare.not.toThrow();
      }
    }),
    runs(300),
  );
});

test('nothing is after a limit beyond the years that a text can hold', () => {
  const time = '9999-12-31T23:59:59.999999999Z';
  for (const sentAt of [Date.parse(time), Number.MAX_SAFE_INTEGER]) {
    expect(() => refuseTimeAhead({ time, sentAt, id: 'an id' }, MINUTES)).not.toThrow();
  }
});
