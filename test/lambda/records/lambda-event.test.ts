import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSound, QueueRecord, recordsOf } from '../../../lambda/records/lambda-event.ts';
import { FIFO_QUEUE_ARN, sqsEvent, sqsRecord } from '../../helpers/records.ts';

const odd = fc.constantFrom(
  null,
  undefined,
  '',
  ' 1',
  '1\n',
  '-1',
  '1.5',
  1,
  true,
  [],
  {},
  'aws:s3',
);
const field = (...values: unknown[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, odd);
const attribute = fc.record({ dataType: field('String') }, { requiredKeys: [] });

/** Records that are sound, and others that have one fault or several. */
const records = fc.record(
  {
    messageId: field('an id'),
    body: field('{}'),
    attributes: fc.record(
      {
        SentTimestamp: field('1795428000000', '1'.repeat(16), '1'.repeat(17)),
        ApproximateReceiveCount: field('1', '1'.repeat(17)),
        MessageGroupId: field('group'),
      },
      { requiredKeys: ['SentTimestamp', 'ApproximateReceiveCount'] },
    ),
    messageAttributes: fc.oneof(
      { weight: 9, arbitrary: fc.dictionary(fc.string(), fc.oneof(attribute, odd)) },
      odd,
    ),
    eventSource: field('aws:sqs'),
    eventSourceARN: field('arn:aws:sqs:us-east-1:000000000000:q', 'arn:q.fifo', 'arn:q.fifo.'),
  },
  { requiredKeys: ['messageId', 'body', 'attributes'] },
);

test('no record passes for sound that the schema finds a fault in', () => {
  fc.assert(
    fc.property(fc.oneof(records, odd, fc.anything()), (record) => {
      if (isSound(record)) expect(QueueRecord.safeParse(record).success).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test('a record as SQS sends it is sound without the schema', () => {
  const messageAttributes = { trace: { dataType: 'String', stringValue: 'a' } };
  expect(isSound(sqsRecord())).toBe(true);
  expect(isSound(sqsRecord({ messageAttributes }))).toBe(true);
  expect(isSound(sqsRecord({ messageGroupId: 'acme' }))).toBe(true);
});

test('a record of a FIFO queue is sound with its group only', () => {
  const eventSourceARN = FIFO_QUEUE_ARN;
  expect(isSound(sqsRecord({ eventSourceARN, messageGroupId: 'acme' }))).toBe(true);
  for (const record of [
    sqsRecord({ eventSourceARN }),
    sqsRecord({ eventSourceARN, messageGroupId: '' }),
  ]) {
    expect(isSound(record)).toBe(false);
    expect(() => recordsOf(sqsEvent(record))).toThrow(/Records\.0\.attributes\.MessageGroupId: /);
  }
});

test('every fault of every record is named', () => {
  const faulty = { ...sqsRecord(), messageId: '', eventSourceARN: FIFO_QUEUE_ARN };
  expect(() => recordsOf(sqsEvent(sqsRecord(), faulty, { ...faulty, messageId: 'id' }))).toThrow(
    /: Records\.1\.messageId: .*; Records\.1\.attributes\.MessageGroupId: missing.*; Records\.2\.attr/,
  );
});
