import { expect, test } from '@jest/globals';
import { isFifo, sqsIdOf } from '../../../lambda/queue/fifo-names.ts';
import { FIFO_QUEUE_ARN } from '../../helpers/records.ts';

test.each(['q.fifo', 'https://sqs.eu-west-1.amazonaws.com/1/q.fifo', FIFO_QUEUE_ARN])(
  '%s is FIFO',
  (queue) => {
    expect(isFifo(queue)).toBe(true);
    expect(isFifo(`${queue}.`)).toBe(false);
  },
);

test('an id for deduplication is one that SQS takes, and tells its parts apart', () => {
  expect(sqsIdOf('é'.repeat(1_000))).toMatch(/^[0-9a-f]{64}$/);
  expect(sqsIdOf('a', 'b')).not.toBe(sqsIdOf('ab'));
  expect(sqsIdOf('a', 'b')).toBe(sqsIdOf('a', 'b'));
});
