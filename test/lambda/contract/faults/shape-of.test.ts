import { describe, expect, test } from '@jest/globals';
import { knownShape, wrappedEvent } from '../../../../lambda/contract/faults/shape-of.ts';
import { guid } from '../../../helpers/records.ts';

describe('a shape is known by all of its keys', () => {
  test('and by the text that one of them holds', () => {
    const bucket = { Bucket: 'media', Event: 's3:TestEvent' };
    expect(knownShape(bucket)).toMatch(/^it is the test event of S3/);
    expect(knownShape({ ...bucket, Event: 's3:ObjectCreated' })).toBeUndefined();
    expect(knownShape({ Event: 's3:TestEvent' })).toBeUndefined();
  });

  test('and by no key that only its prototype has', () => {
    expect(knownShape({ sys: 'type', fields: {} })).toBeUndefined();
  });

  test.each([[{ Records: [null] }], [{ Records: null }], [{ Records: [] }], [null], ['a text']])(
    'a value that ends before them is none: %j',
    (value) => expect(knownShape(value)).toBeUndefined(),
  );
});

describe('an event one level below is found', () => {
  test.each([
    [{ image: { guid: guid(1) } }, 'an event stands in "image": send that alone'],
    [{ data: { images: [] } }, 'an event stands in "data": send that alone'],
    [{ event: { specversion: '1.0' } }, 'an event stands in "event": send that alone'],
    [{ body: '{"images":[]}' }, 'an event stands in "body": send that alone'],
    [{ all: [{ guid: 1 }] }, 'events stand in "all": send each in a message of its own'],
  ])('%j', (value, told) => expect(wrappedEvent(value)).toBe(told));

  test.each([[{ data: { image: { guid: 1 } } }], [{ data: null }], [{ data: [[]] }], [[]], [[1]]])(
    'none is in %j',
    (value) => expect(wrappedEvent(value)).toBeUndefined(),
  );

  test('among the first 50 keys', () => {
    const keys = (count: number) => Array.from({ length: count }, (_, n) => [`key-${n}`, n]);
    const event = { data: { guid: guid(1) } };
    expect(wrappedEvent({ ...Object.fromEntries(keys(49)), ...event })).toMatch(/"data"/);
    expect(wrappedEvent({ ...Object.fromEntries(keys(50)), ...event })).toBeUndefined();
  });
});
