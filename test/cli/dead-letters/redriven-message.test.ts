import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toDeadLetter } from '../../../cli/dead-letters/dead-letter.ts';
import { addressed, redriven, whyTooLarge } from '../../../cli/dead-letters/redriven-message.ts';
import { toLambdaAttributes } from '../../../cli/dead-letters/sdk-attributes.ts';
import { unpacked } from '../../../lambda/records/packed.ts';
import { bytesOf } from '../../../lambda/settlement/dead-letter.ts';
import { readingOf } from '../../helpers/readings.ts';
import { guid, sqsRecord } from '../../helpers/records.ts';
import { runs } from '../../helpers/runs.ts';

const MIB = 1_048_576;
const QUEUE_URL = 'https://sqs.eu-west-1.amazonaws.com/111122223333/queue';
const SENT = Date.parse('2026-11-23T12:00:00Z');
const origin = { messageId: 'first', sentTimestamp: SENT - 3_600_000, time: null, id: null };
const failure = {
  ...{ reason: 'Refused', detail: 'no', guids: [], attempts: 1 },
  ...{ time: '2026-11-23T12:00:00Z', requestId: 'r', origin },
};

const received = (
  Body: string,
  MessageAttributes: Record<string, MessageAttributeValue>,
): Message => ({
  MessageId: 'letter',
  ReceiptHandle: 'handle',
  Body,
  Attributes: { SentTimestamp: String(SENT), ApproximateReceiveCount: '1' },
  MessageAttributes,
});
const kept = { texts: new Map([['letter', JSON.stringify(failure)]]), otherwise: '' };

/** Redrives a letter that has no room for its reason; what SQS would take, and the function get. */
function sentAgain(body: string, attributes: Record<string, MessageAttributeValue>) {
  const letter = toDeadLetter(received(body, attributes), kept);
  expect(letter).toMatchObject({ reason: 'Refused', failure });
  const plain = redriven(letter);
  expect(whyTooLarge(plain)).toBeUndefined();
  const { MessageBody = '', MessageAttributes = {} } = addressed(plain, letter, QUEUE_URL);
  expect(bytesOf({ MessageBody, MessageAttributes })).toBeLessThanOrEqual(MIB);
  expect(Object.keys(MessageAttributes).length).toBeLessThanOrEqual(10);
  const parts = { body: MessageBody, messageAttributes: toLambdaAttributes(MessageAttributes) };
  return { MessageBody, MessageAttributes, record: sqsRecord({ ...parts, sentTimestamp: SENT }) };
}

const texts = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`a${n}`, { DataType: 'String', StringValue: `${n}` }]),
  );

describe('a message that has no room for its place in the order', () => {
  test('arrives with it, and with its own body and attributes', () => {
    const body = JSON.stringify({ guid: guid(1), title: 'A' });
    const { record } = sentAgain(body, texts(10));
    const { body: sent, messageAttributes } = record;
    const reading = readingOf({ body: sent, messageAttributes, sentTimestamp: SENT });
    expect(reading).toMatchObject({ origin: { messageId: 'first' }, changes: [{ title: 'A' }] });
    expect(reading.changes[0]?.order.sentAt).toBe(origin.sentTimestamp);
    const { redrive: _, ...own } = unpacked(record).messageAttributes;
    expect(own).toEqual(toLambdaAttributes(texts(10)));
  });

  test('that dies again is shown as it was first sent, redriven once', () => {
    const body = JSON.stringify({ guid: guid(1), title: 'A' });
    const { MessageBody, MessageAttributes } = sentAgain(body, texts(10));
    const again = {
      ...MessageAttributes,
      failure: { DataType: 'String', StringValue: JSON.stringify(failure) },
    };
    const letter = toDeadLetter(received(MessageBody, again));
    expect(letter).toMatchObject({
      body,
      reason: 'Refused',
      redrive: { count: 1 },
      guids: [guid(1)],
    });
    expect(letter.attributes).toMatchObject(texts(10));
    const twice = addressed(redriven(letter), letter, QUEUE_URL);
    expect(JSON.parse(twice.MessageAttributes?.redrive?.StringValue ?? '')).toMatchObject({
      ...{ count: 2, packed: true },
      origin,
    });
  });

  test.each([
    ['not there', {}],
    ['no gzip', { packed: { dataType: 'Binary', binaryValue: 'AAAA' } }],
  ])('is rejected where what was packed is %s', (_what, packed) => {
    const value = JSON.stringify({ count: 1, origin, packed: true });
    const redrive = { dataType: 'String', stringValue: value };
    const messageAttributes = { redrive, ...packed };
    const reading = readingOf({ messageAttributes, sentTimestamp: SENT });
    expect(reading.verdict).toMatchObject({ kind: 'rejected', reason: 'InvalidRedrive' });
  });

  test('is not unpacked where no redrive says so: producers may name attributes as they like', () => {
    const messageAttributes = { packed: { dataType: 'Binary', binaryValue: 'AAAA' } };
    expect(readingOf({ messageAttributes }).verdict).toBeUndefined();
  });
});

test('whatever a full message holds, it can be redriven and arrives as it was', () => {
  const units = fc.constantFrom('grapheme' as const, 'grapheme-ascii' as const, 'binary' as const);
  const messages = fc.record({
    characters: units.chain((unit) => fc.string({ unit, minLength: 50, maxLength: 200 })),
    count: fc.integer({ min: 0, max: 10 }),
    left: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(messages, ({ characters, count, left }) => {
      const attributes = texts(count);
      const own = bytesOf({ MessageBody: '', MessageAttributes: attributes });
      const body = bodyOf([...characters], MIB - own - left);
      const { record } = sentAgain(body, attributes);
      const whole = unpacked(record);
      const { redrive: _, ...others } = whole.messageAttributes;
      expect(whole.body === body).toBe(true);
      expect(others).toEqual(toLambdaAttributes(attributes));
    }),
    runs(2),
  );
});

/** A body of so many bytes, of these characters, in an order that repeats itself nowhere. */
function bodyOf(characters: readonly string[], bytes: number): string {
  const parts: string[] = [];
  let state = 1;
  for (let left = bytes; left > 0; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const next = characters[(state >>> 8) % characters.length] ?? 'x';
    const size = Buffer.byteLength(next);
    parts.push(size <= left ? next : 'x'.repeat(left));
    left -= Math.min(size, left);
  }
  return parts.join('');
}
