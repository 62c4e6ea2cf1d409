import { describe, expect, test } from '@jest/globals';
import type { SQSMessageAttributes } from 'aws-lambda';
import fc from 'fast-check';
import { isTimeAttribute } from '../../../lambda/contract/event-facts.ts';
import { readingOf } from '../../helpers/readings.ts';
import { guid } from '../../helpers/records.ts';

const SENT = Date.parse('2026-11-23T12:00:00Z');
const image = { guid: guid(1), title: 'Old pier' };
const EARLY = '2026-11-23T08:00:00.000000000Z';
const LATE = '2026-11-23T09:00:00.000000000Z';
const text = (stringValue: string) => ({ stringValue, dataType: 'String' });
const texts = (values: Readonly<Record<string, string>>): SQSMessageAttributes =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)]));
const read = (body: unknown, messageAttributes: SQSMessageAttributes) =>
  readingOf({ body, messageAttributes, sentTimestamp: SENT, messageId: 'm' });

const PREFIXES = ['ce-', 'ce_', 'cloudEvents_', 'cloudEvents:', 'Ce-', 'CE_', 'cloudevents_'];

describe('attributes of a CloudEvent', () => {
  test.each(PREFIXES)('with the prefix %s say what its envelope would', (prefix) => {
    const { origin, changes } = read(
      image,
      texts({
        [`${prefix}specversion`]: '1.0',
        [`${prefix}type`]: 't',
        [`${prefix}id`]: 'ce',
        [`${prefix}source`]: '/dam',
        [`${prefix}time`]: '2026-11-23T08:00:00Z',
      }),
    );
    expect(origin).toEqual({ messageId: 'm', sentTimestamp: SENT, time: EARLY, id: 'ce' });
    expect(changes[0]?.order).toEqual({ time: EARLY, sentAt: SENT, id: 'ce' });
  });

  test('are the same as the envelope, whatever they say', () => {
    const facts = fc.record({
      id: fc.string({ unit: 'grapheme', minLength: 1 }),
      source: fc.string({ minLength: 1 }),
      time: fc
        .date({ min: new Date('2026-01-01'), max: new Date(SENT), noInvalidDate: true })
        .map((date) => date.toISOString()),
    });
    fc.assert(
      fc.property(facts, fc.constantFrom(...PREFIXES), (envelope, prefix) => {
        const attributes = texts(
          Object.fromEntries(
            Object.entries(envelope).map(([name, value]) => [prefix + name, value]),
          ),
        );
        const structured = { specversion: '1.0', type: 't', ...envelope, data: image };
        const { origin, changes, verdict } = read(structured, {});
        expect(read(image, attributes)).toMatchObject({ origin, changes });
        expect(verdict).toBeUndefined();
      }),
    );
  });

  test.each([
    ['go before what the body says of itself', { ...image, time: LATE, id: 'own' }, EARLY, 'ce'],
    [
      'leave what they do not say to a CloudEvent in the body, which goes first',
      { specversion: '1.0', type: 't', source: '/', id: 'inner', data: image },
      EARLY,
      'inner',
    ],
    [
      'give way to EventBridge in the body',
      { 'detail-type': 't', id: 'eb', source: 's', time: LATE, detail: image },
      LATE,
      'eb',
    ],
    [
      'go before SNS, which only carries',
      {
        Type: 'Notification',
        MessageId: 'sns',
        TopicArn: 'arn:t',
        Timestamp: LATE,
        Message: JSON.stringify(image),
      },
      EARLY,
      'ce',
    ],
  ])('%s', (_name, body, time, id) => {
    const { changes } = read(body, texts({ 'ce-time': EARLY, 'ce-id': 'ce' }));
    expect(changes[0]?.order).toMatchObject({ time, id });
  });

  test('that a topic carries inside its notification are an envelope as well', () => {
    const notification = (MessageAttributes: unknown) => ({
      Type: 'Notification',
      MessageId: 'sns',
      TopicArn: 'arn:t',
      Timestamp: LATE,
      Message: JSON.stringify({ ...image, time: LATE }),
      MessageAttributes,
    });
    const { changes } = read(
      notification({ ce_time: { Type: 'String', Value: EARLY }, price: { Type: 'Number' } }),
      {},
    );
    expect(changes[0]?.order.time).toBe(EARLY);
    expect(read(notification('none'), {}).changes).toHaveLength(1);
    expect(read(notification({ ce_time: { Type: 'String', Value: 'noon' } }), {}).verdict).toEqual(
      expect.objectContaining({
        reason: 'InvalidEnvelope',
        detail: expect.stringMatching(/^MessageAttributes\.ce_time: /),
      }),
    );
  });

  test('give way to a redrive, which tells of the first sending', () => {
    const origin = { messageId: 'first', sentTimestamp: SENT - 1_000, time: EARLY, id: 'old' };
    const { changes } = read(
      image,
      texts({ 'ce-time': LATE, redrive: JSON.stringify({ count: 1, origin }) }),
    );
    expect(changes[0]?.order).toEqual({ time: EARLY, sentAt: SENT - 1_000, id: 'old' });
  });

  test.each<[string, SQSMessageAttributes, RegExp]>([
    ['that is no time', texts({ 'ce-time': 'yesterday' }), /^MessageAttributes\.ce-time: /],
    ['that is empty', texts({ ce_id: '' }), /^MessageAttributes\.ce_id: empty$/],
    [
      'that is binary',
      { 'ce-source': { binaryValue: 'AAA=', dataType: 'Binary' } },
      /^MessageAttributes\.ce-source: not a text$/,
    ],
    [
      'that another contradicts',
      texts({ 'ce-time': EARLY, cloudEvents_time: LATE }),
      /^MessageAttributes\.cloudEvents_time: differs from ce-time$/,
    ],
  ])('are refused by name with one %s', (_name, attributes, detail) => {
    const { verdict, changes } = read(image, attributes);
    expect(changes).toEqual([]);
    expect(verdict).toMatchObject({
      reason: 'InvalidEnvelope',
      detail: expect.stringMatching(detail),
    });
  });

  test('are refused with every one that is wrong', () => {
    const { verdict } = read(image, texts({ ce_id: '', ce_source: '', 'ce-time': EARLY }));
    expect(verdict).toMatchObject({
      detail: 'MessageAttributes.ce_id: empty; MessageAttributes.ce_source: empty',
    });
  });

  test('say the time under any prefix, and no other name does', () => {
    expect(PREFIXES.filter((prefix) => !isTimeAttribute(`${prefix}time`))).toEqual([]);
    expect(['time', 'ce-id', 'ce-timezone', 'price', ''].filter(isTimeAttribute)).toEqual([]);
  });

  test('that say the time let another name of it in the body be the producer’s own', () => {
    const { changes } = read(
      { ...image, updated_at: '2020-01-01' },
      texts({ 'ce-time': '2026-11-23T08:00:00Z' }),
    );
    expect(changes).toMatchObject([{ title: image.title, order: { time: EARLY } }]);
  });

  test('may be said twice in the same words, and others are a producer’s own affair', () => {
    const attributes = texts({
      'ce-id': 'a',
      ce_id: 'a',
      'ce-specversion': '0.3',
      'ce-timezone': 'x',
      'price-id': '',
      time: 'never',
    });
    expect(read(image, attributes).changes[0]?.order).toMatchObject({ id: 'a' });
  });
});
