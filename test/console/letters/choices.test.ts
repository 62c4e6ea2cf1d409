import { expect, test } from '@jest/globals';
import { toDeadLetter } from '../../../cli/dead-letters/dead-letter.ts';
import { choicesOf } from '../../../console/server/letters/choices.ts';

/** A letter whose event names its account. */
function letterOf(account: string) {
  const Body = JSON.stringify({ guid: 'a', title: 'b', account_key: account });
  const Attributes = { SentTimestamp: '0', ApproximateReceiveCount: '1' };
  return toDeadLetter({ MessageId: 'id', ReceiptHandle: 'handle', Body, Attributes });
}

test('the most frequent account is offered first, whatever accounts are called', () => {
  const letters = ['17', 'acme', 'acme', '__proto__', '__proto__', '__proto__'].map(letterOf);
  expect(choicesOf(letters).account).toEqual([
    ['__proto__', 3],
    ['acme', 2],
    ['17', 1],
  ]);
});
