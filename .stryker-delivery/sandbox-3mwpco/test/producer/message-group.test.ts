// @ts-nocheck
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressingFor, GroupNeeded } from '../../producer/message-group.ts';
import { guid } from '../helpers/records.ts';

const STANDARD = 'https://sqs.eu-west-1.amazonaws.com/111122223333/events';
const FIFO = `${STANDARD}.fifo`;
const message = { account: 'acme', guids: [guid(1), guid(2)], body: '{}' };

describe('on a standard queue', () => {
  test.each([
    ['by its account', undefined, { MessageGroupId: 'acme' }],
    ['by its account', 'account', { MessageGroupId: 'acme' }],
    ['by its first image', 'image', { MessageGroupId: guid(1) }],
    ['not at all', 'none', {}],
  ] as const)('a message is grouped %s, for %p', (_how, grouping, addressing) => {
    expect(addressingFor(STANDARD, grouping)(message)).toEqual(addressing);
  });

  test('what names no account is one group, since without one each would be a tenant of its own', () => {
    expect(addressingFor(STANDARD)({ ...message, account: null })).toEqual({
      MessageGroupId: 'default',
    });
  });

  test('any account makes a group that SQS takes, and two accounts make two', () => {
    const account = fc.string({ minLength: 1, maxLength: 200, unit: 'binary' });
    const groupOf = (name: string) =>
      addressingFor(STANDARD)({ ...message, account: name }).MessageGroupId;
    fc.assert(
      fc.property(account, account, (one, other) => {
        expect(groupOf(one)).toMatch(/^[!-~]{1,128}$/);
        expect(groupOf(one) === groupOf(other)).toBe(one === other);
      }),
    );
  });
});

describe('on a FIFO queue', () => {
  test('a message is grouped by its first image, and known again by its body', () => {
    const addressingOf = addressingFor(FIFO);
    const addressing = addressingOf(message);
    expect(addressing).toEqual({
      MessageGroupId: guid(1),
      MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(addressingOf({ ...message })).toEqual(addressing);
    expect(addressingOf({ ...message, body: '{ }' })).not.toEqual(addressing);
  });

  test('a message without a group is refused before anything is sent', () => {
    expect(() => addressingFor(FIFO, 'none')).toThrow(GroupNeeded);
  });
});
