import { describe, expect, test } from '@jest/globals';
import { MalformedEvent, recordsOf } from '../../../lambda/records/lambda-event.ts';
import { parseRecord } from '../../../lambda/records/parse-record.ts';
import { READING } from '../../helpers/readings.ts';
import { FIFO_QUEUE_ARN, guid, sqsEvent, sqsRecord } from '../../helpers/records.ts';

const SENT = Date.parse('2026-11-23T10:00:00Z');
const body = { guid: guid(1), title: 'A' };
const attribute = (stringValue: string) => ({ stringValue, dataType: 'String' });

describe('a record', () => {
  test('without facts of its own is ordered by when it was sent, and named by its message', () => {
    const { changes, origin } = parseRecord(
      sqsRecord({ body, messageId: 'm', sentTimestamp: SENT }),
      READING,
    );
    expect(changes[0]?.order).toEqual({
      time: '2026-11-23T10:00:00.000000000Z',
      sentAt: SENT,
      id: 'm',
    });
    expect(origin).toEqual({
      messageId: 'm',
      sentTimestamp: SENT,
      time: '2026-11-23T10:00:00.000000000Z',
      id: null,
    });
  });

  test('gives every image the order of its event', () => {
    const images = [body, { guid: guid(2), description: 'B' }];
    const { changes } = parseRecord(
      sqsRecord({ body: { images, id: 'e', time: '2026-11-23T09:00:00Z', account_key: 'k' } }),
      READING,
    );
    expect(changes.map(({ account, order }) => [account, order.id, order.time])).toEqual([
      ['k', 'e', '2026-11-23T09:00:00.000000000Z'],
      ['k', 'e', '2026-11-23T09:00:00.000000000Z'],
    ]);
  });

  test('that is bad is rejected by itself, with its origin', () => {
    const parsed = parseRecord(
      sqsRecord({ body: '{', messageId: 'm', sentTimestamp: SENT }),
      READING,
    );
    expect(parsed).toMatchObject({
      changes: [],
      verdict: { kind: 'rejected', reason: 'NotJson' },
      origin: { messageId: 'm', sentTimestamp: SENT, time: null, id: null },
    });
  });

  test('whose reading meets a defect is returned and not lost', () => {
    const readEvent = () => {
      throw new RangeError('a defect');
    };
    const parsed = parseRecord(sqsRecord({ body }), { ...READING, readEvent });
    expect(parsed).toMatchObject({
      changes: [],
      verdict: {
        kind: 'retry',
        reason: 'Unexpected',
        detail: expect.stringContaining('RangeError'),
      },
    });
  });
});

describe('a clock that is ahead', () => {
  const at = (time: string, parts = {}) =>
    parseRecord(sqsRecord({ body: { ...body, time }, sentTimestamp: SENT, ...parts }), READING);

  test('beyond the limit rejects the event, which would freeze its images', () => {
    expect(at('2026-11-23T10:15:00.000000001Z').verdict).toEqual({
      kind: 'rejected',
      reason: 'TimeAhead',
      detail:
        'time: 2026-11-23T10:15:00.000000001Z is more than 15 minutes after it was sent, 2026-11-23T10:00:00.000000000Z',
    });
    expect(at('2026-11-23T10:15:00Z').verdict).toBeUndefined();
  });

  test('is judged by the first sending, so that every delivery decides alike', () => {
    const origin = { messageId: 'm', sentTimestamp: SENT - 3_600_000, time: null, id: null };
    const redrive = attribute(JSON.stringify({ count: 1, origin }));
    const parsed = at('2026-11-23T10:00:00Z', { messageAttributes: { redrive } });
    expect(parsed.verdict).toMatchObject({ kind: 'rejected', reason: 'TimeAhead' });
  });
});

test('an id of any length makes an order of bounded size', () => {
  const idOf = (id: string) =>
    parseRecord(sqsRecord({ body: { ...body, id } }), READING).changes[0]?.order.id;
  expect(idOf('x'.repeat(128))).toHaveLength(128);
  expect(idOf('x'.repeat(129))).toHaveLength(64);
  expect(idOf('x'.repeat(129))).not.toBe(idOf('x'.repeat(130)));
});

describe('a redriven record', () => {
  const origin = {
    messageId: 'first',
    sentTimestamp: SENT - 86_400_000,
    time: '2026-11-22T10:00:00.000000000Z',
    id: 'event-1',
  };
  const redriven = (redrive: string) =>
    parseRecord(
      sqsRecord({ body, messageId: 'second', messageAttributes: { redrive: attribute(redrive) } }),
      READING,
    );

  test('keeps the order of its first sending: an old event never becomes new', () => {
    const parsed = redriven(JSON.stringify({ count: 1, origin }));
    expect(parsed.origin).toEqual(origin);
    expect(parsed.changes[0]?.order).toEqual({
      time: origin.time,
      sentAt: origin.sentTimestamp,
      id: 'event-1',
    });
    expect(parsed.changes[0]?.messageId).toBe('first');
  });

  test('whose event had no time is as old as its first sending', () => {
    const parsed = redriven(
      JSON.stringify({ count: 1, origin: { ...origin, time: null, id: null } }),
    );
    expect(parsed.changes[0]?.order).toEqual({
      time: '2026-11-22T10:00:00.000000000Z',
      sentAt: origin.sentTimestamp,
      id: 'first',
    });
  });

  test.each(['', 'yes', '{}', '{"count":0,"origin":{}}', '{"count":1,"origin":{"messageId":""}}'])(
    'whose attribute is unreadable is rejected rather than taken for new: %p',
    (redrive) => {
      expect(redriven(redrive).verdict).toMatchObject({ reason: 'InvalidRedrive' });
    },
  );
});

describe('a redrive attribute that a redrive can not have written', () => {
  const MINUTE = 60_000;
  const redriven = (sentTimestamp: number, sent = SENT) => {
    const origin = { messageId: 'first', sentTimestamp, time: null, id: null };
    const redrive = attribute(JSON.stringify({ count: 1, origin }));
    const record = sqsRecord({ body, sentTimestamp: sent, messageAttributes: { redrive } });
    return parseRecord(record, READING);
  };

  test.each([
    ['a day after its own sending', SENT + 86_400_000],
    ['just more than clocks may differ', SENT + 5 * MINUTE + 1],
    ['in a year of five digits', Date.parse('9999-12-31T23:59:59.999Z') + 1],
    ['at no moment of a calendar', 8.64e15 + 1],
    ['at a fraction of a millisecond', SENT - 0.5],
    ['before 1970', -1],
  ])('is rejected: %s', (_name, sentTimestamp) => {
    const { verdict, origin } = redriven(sentTimestamp);
    expect(verdict).toMatchObject({ kind: 'rejected', reason: 'InvalidRedrive' });
    // So that a redrive of it is as new as it is itself.
    expect(origin.sentTimestamp).toBe(SENT);
  });

  test('is rejected even where the message comes from a future as far', () => {
    const beyond = Date.parse('9999-12-31T23:59:59.999Z') + 1;
    expect(redriven(beyond, beyond).verdict).toMatchObject({ reason: 'InvalidRedrive' });
  });

  test('is not one whose clock was a little ahead', () => {
    expect(redriven(SENT + 5 * MINUTE).verdict).toBeUndefined();
  });

  test('never makes a change newer than an event may make itself', () => {
    const { changes } = redriven(SENT + 5 * MINUTE);
    const latest = new Date(SENT + READING.limits.clockAheadMinutes * MINUTE).toISOString();
    expect((changes[0]?.order.time ?? '') < latest).toBe(true);
  });
});

describe('an invocation', () => {
  test('with records of a standard queue is read whole', () => {
    expect(recordsOf(sqsEvent(sqsRecord(), sqsRecord()))).toHaveLength(2);
  });

  test('with a message of a FIFO queue that has no group fails, and says why', () => {
    const record = sqsRecord({ eventSourceARN: FIFO_QUEUE_ARN });
    expect(() => recordsOf(sqsEvent(record))).toThrow(
      /^Not an event of an SQS queue: Records.0.attributes.MessageGroupId: missing, which every/,
    );
  });

  test.each([
    ['nothing', {}],
    ['another event', { Records: [{ eventSource: 'aws:s3' }] }],
    ['a record without a body', { Records: [{ ...sqsRecord(), body: undefined }] }],
    ['a record without SentTimestamp', { Records: [{ ...sqsRecord(), attributes: {} }] }],
  ])('with %s fails', (_name, event) => {
    expect(() => recordsOf(Object.assign(sqsEvent(), { Records: undefined }, event))).toThrow(
      MalformedEvent,
    );
  });
});
