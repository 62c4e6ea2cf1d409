import { describe, expect, test } from '@jest/globals';
import { allows, Policy } from './policy.ts';

const policy = Policy.parse({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['sqs:Send*'], Resource: 'arn:aws:sqs:*:1:queue-?' },
    { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:*:1:queue-x' },
    {
      Effect: 'Allow',
      Action: 'dynamodb:BatchGetItem',
      Resource: '*',
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['letter/*'] } },
    },
  ],
});
const asks = (action: string, resource: string, ...keys: string[]) =>
  allows(policy, { action, resource, context: { 'dynamodb:LeadingKeys': keys } });

describe('a policy', () => {
  test('allows what a statement names, by action and resource', () => {
    expect(asks('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:1:queue-a')).toBe(true);
    expect(asks('sqs:DeleteMessage', 'arn:aws:sqs:eu-west-1:1:queue-a')).toBe(false);
    expect(asks('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:1:queue-ab')).toBe(false);
  });

  test('denies what any statement denies', () => {
    expect(asks('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:1:queue-x')).toBe(false);
  });

  test('holds its conditions against every key', () => {
    expect(asks('dynamodb:BatchGetItem', 'table', 'letter/a', 'letter/b')).toBe(true);
    expect(asks('dynamodb:BatchGetItem', 'table', 'letter/a', 'account/b')).toBe(false);
  });
});
