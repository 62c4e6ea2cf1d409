import { describe, expect, test } from '@jest/globals';
import {
  bytesOf,
  groupingOf,
  hasRoomForFailure,
  toDeadLetter,
} from '../../../lambda/settlement/dead-letter.ts';
import { Failure, failureOf } from '../../../lambda/settlement/failure.ts';
import type { Rejected } from '../../../lambda/verdicts/verdict.ts';
import { readingOf } from '../../helpers/readings.ts';
import { guid, type RecordParts } from '../../helpers/records.ts';

const MIB = 1_048_576;
const rejected: Rejected = {
  kind: 'rejected',
  reason: 'Refused',
  detail: 'FinerWorks refused it: HTTP 400: no',
  guids: [guid(1)],
  http: { status: 400, excerpt: 'no' },
};
const context = { now: Date.parse('2026-11-23T12:00:00Z'), requestId: 'request-1' };

function deadLetterOf(parts: RecordParts, verdict = rejected) {
  const parsed = readingOf(parts);
  const message = toDeadLetter(parsed.record, failureOf(parsed, verdict, context));
  const text = message.MessageAttributes?.failure?.StringValue;
  return { message, failure: text === undefined ? undefined : Failure.parse(JSON.parse(text)) };
}

const text = (stringValue: string, dataType = 'String') => ({ stringValue, dataType });

describe('a dead letter', () => {
  test('tells the reason, the images, the answer, the attempts and where it came from', () => {
    const { failure } = deadLetterOf({
      messageId: 'm',
      receiveCount: 3,
      sentTimestamp: 1_795_424_400_000,
      body: { guid: guid(1), title: 'A', id: 'e', time: '2026-11-23T09:00:00Z' },
    });
    expect(failure).toEqual({
      reason: 'Refused',
      detail: 'FinerWorks refused it: HTTP 400: no',
      guids: [guid(1)],
      http: { status: 400, excerpt: 'no' },
      attempts: 3,
      time: '2026-11-23T12:00:00.000Z',
      requestId: 'request-1',
      origin: {
        messageId: 'm',
        sentTimestamp: 1_795_424_400_000,
        time: '2026-11-23T09:00:00.000000000Z',
        id: 'e',
      },
    });
  });

  test('whose retries were exhausted tells the last reason', () => {
    const { failure } = deadLetterOf(
      {},
      { kind: 'rejected', reason: 'RetriesExhausted', detail: 'd', lastReason: 'Timeout' },
    );
    expect(failure).toMatchObject({ reason: 'RetriesExhausted', lastReason: 'Timeout', guids: [] });
  });

  test('names few of many images where it has little room', () => {
    const guids = Array.from({ length: 500 }, (_, n) => guid(n));
    const { failure } = deadLetterOf({ body: 'b'.repeat(MIB - 5_000) }, { ...rejected, guids });
    expect(failure?.guids).toEqual(guids.slice(0, 10));
  });

  test('that fits to the byte is kept whole', () => {
    const { message } = deadLetterOf({ body: 'b' });
    const room = MIB - bytesOf(message);
    const full = deadLetterOf({ body: 'b'.repeat(1 + room) });
    expect(bytesOf(full.message)).toBe(MIB);
    expect(full.failure).toMatchObject({ detail: rejected.detail, http: rejected.http });
    const over = deadLetterOf({ body: 'b'.repeat(2 + room) });
    expect(over.failure).not.toHaveProperty('http');
  });

  test('has the body and every attribute of the record as they were', () => {
    const { message } = deadLetterOf({
      body: ' {"guid": "x"}\t',
      messageAttributes: {
        shop: text('nörth'),
        count: text('5', 'Number.int'),
        blob: { binaryValue: Buffer.from([0, 255, 7]).toString('base64'), dataType: 'Binary.png' },
      },
    });
    expect(message.MessageBody).toBe(' {"guid": "x"}\t');
    expect(message.MessageAttributes).toMatchObject({
      shop: { DataType: 'String', StringValue: 'nörth' },
      count: { DataType: 'Number.int', StringValue: '5' },
      blob: { DataType: 'Binary.png', BinaryValue: Buffer.from([0, 255, 7]) },
    });
  });

  test('replaces the failure of an earlier death', () => {
    const { message, failure } = deadLetterOf({
      messageAttributes: { failure: text('{"old":1}') },
    });
    expect(failure?.reason).toBe('Refused');
    expect(Object.keys(message.MessageAttributes ?? {})).toEqual(['failure']);
    expect(message.MessageAttributes?.failure?.DataType).toBe('String');
  });

  test('leaves its failure out where the record has 10 attributes already', () => {
    const names = Array.from({ length: 10 }, (_, n) => `a${n}`);
    const messageAttributes = Object.fromEntries(names.map((name) => [name, text('x')]));
    const { message } = deadLetterOf({ messageAttributes });
    expect(Object.keys(message.MessageAttributes ?? {})).toEqual(names);
    const replaced = deadLetterOf({
      messageAttributes: {
        ...Object.fromEntries(names.slice(1).map((n) => [n, text('x')])),
        failure: text('old'),
      },
    });
    expect(replaced.failure?.reason).toBe('Refused');
  });

  test('holds no character that SQS refuses', () => {
    const { message } = deadLetterOf({}, { ...rejected, detail: 'a\uFFFEb\uFFFFc\u0000d' });
    const value = message.MessageAttributes?.failure?.StringValue ?? '';
    expect(value).toMatch(/^[\x20-\uFFFD]*$/);
    expect(JSON.parse(value).detail).toBe('a\uFFFEb\uFFFFc\u0000d');
  });

  test.each([
    ['room for all', 900_000, 'x'.repeat(50_000), { detail: 'x'.repeat(50_000) }],
    ['room for a short detail', MIB - 5_000, 'x'.repeat(50_000), { detail: `${'x'.repeat(500)}…` }],
    ['room for no detail', MIB - 600, 'x'.repeat(50_000), { detail: '', guids: [] }],
    ['no room at all', MIB - 20, 'x', undefined],
    ['not a byte of room', MIB, 'x', undefined],
  ])('with %s keeps the body whole and fits', (_name, size, detail, expected) => {
    const body = 'b'.repeat(size);
    const { message, failure } = deadLetterOf({ body }, { ...rejected, detail });
    expect(message.MessageBody).toHaveLength(size);
    expect(bytesOf(message)).toBeLessThanOrEqual(MIB);
    if (expected === undefined) expect(failure).toBeUndefined();
    else expect(failure).toMatchObject(expected);
  });
});

test('the size of a message is that of its body, and of each attribute’s name, type and value', () => {
  expect(
    bytesOf({
      MessageBody: 'é',
      MessageAttributes: {
        ab: { DataType: 'String', StringValue: 'xyz' },
        b: { DataType: 'Binary', BinaryValue: Buffer.alloc(4) },
      },
    }),
  ).toBe(2 + (2 + 6 + 3) + (1 + 6 + 4));
});

test('a record without a group has a dead letter without one', () => {
  expect(groupingOf(readingOf({}).record)).toStrictEqual({});
});

describe('a dead letter without a failure', () => {
  const attributes = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, { DataType: 'String' }]));

  test.each([
    ['9 attributes', { MessageBody: 'b', MessageAttributes: attributes(9) }, true],
    ['10 attributes', { MessageBody: 'b', MessageAttributes: attributes(10) }, false],
    ['more than 4 KiB left', { MessageBody: 'b'.repeat(MIB - 4_097) }, true],
    ['4 KiB left', { MessageBody: 'b'.repeat(MIB - 4_096) }, false],
  ])('has room for one or not: %s', (_name, letter, expected) => {
    expect(hasRoomForFailure(letter)).toBe(expected);
  });
});
