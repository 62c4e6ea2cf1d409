import { describe, expect, test } from '@jest/globals';
import { timeOf, withBody, withTime } from '../../../cli/events/edit.ts';
import { eventReader } from '../../../lambda/contract/image-event.ts';
import { guid } from '../../helpers/records.ts';

const readEvent = eventReader({});
const NEW = '2026-11-23T12:00:00.000000001Z';

const plain = { guid: guid(1), title: 'a', time: '2026-01-01T00:00:00Z' };
const cloudEvent = (data: object) => ({
  specversion: '1.0',
  id: '1',
  source: '/s',
  time: '2026-01-01T00:00:00Z',
  data,
});
const eventBridge = (detail: object) => ({
  'detail-type': 't',
  id: '1',
  source: 's',
  time: '2026-01-01T00:00:00Z',
  detail,
});
const attributes = {
  ce_time: { Type: 'String', Value: '2026-06-01T00:00:00Z' },
  price: { Type: 'Number', Value: '7' },
};
const sns = (message: object) => ({
  Type: 'Notification',
  MessageId: 'm',
  TopicArn: 'arn',
  Message: JSON.stringify(message),
  Timestamp: '2026-01-01T00:00:00Z',
});

const ENVELOPES: readonly (readonly [string, object])[] = [
  ['a plain body', plain],
  ['CloudEvents', cloudEvent(plain)],
  ['EventBridge', eventBridge(plain)],
  ['SNS', sns(plain)],
  ['SNS with the time as an attribute', { ...sns(plain), MessageAttributes: attributes }],
  [
    'SNS with the time as an attribute around CloudEvents',
    { ...sns(cloudEvent(plain)), MessageAttributes: attributes },
  ],
  ['CloudEvents with a text', { ...cloudEvent(plain), data: JSON.stringify(plain) }],
  ['EventBridge around CloudEvents', eventBridge(cloudEvent(plain))],
  ['SNS around EventBridge around CloudEvents', sns(eventBridge(cloudEvent(plain)))],
];

describe.each(ENVELOPES)('%s', (_name, event) => {
  test('gets another time where the contract reads it', () => {
    expect(readEvent(withTime(JSON.stringify(event), NEW)).time).toBe(NEW);
  });

  test('gets another body, and all else stays', () => {
    const edited = withBody(JSON.stringify(event), (body) => ({ ...body, title: 'b' }));
    const before = readEvent(JSON.stringify(event));
    expect(readEvent(edited)).toEqual({ ...before, images: [{ guid: guid(1), title: 'b' }] });
  });
});

test('later places of a file have later times, a nanosecond apart, and a million make a millisecond', () => {
  const start = Date.parse('2026-11-23T10:00:00.123Z');
  expect(timeOf(start, 0)).toBe('2026-11-23T10:00:00.123000000Z');
  expect(timeOf(start, 999_999)).toBe('2026-11-23T10:00:00.123999999Z');
  expect(timeOf(start, 1_000_000)).toBe('2026-11-23T10:00:00.124000000Z');
});
