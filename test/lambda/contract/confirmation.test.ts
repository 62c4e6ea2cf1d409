import { expect, test } from '@jest/globals';
import { confirmationOf } from '../../../lambda/contract/confirmation.ts';

const asked = {
  Type: 'SubscriptionConfirmation',
  TopicArn: 'arn:aws:sns:eu-west-2:111122223333:pictures',
  SubscribeURL: 'https://sns.eu-west-2.amazonaws.com/?Action=ConfirmSubscription',
};

test.each([
  ['of SNS over https', asked.SubscribeURL, 'or open its SubscribeURL, which leads to sns.eu-'],
  [
    'of SNS in China',
    'https://sns.cn-north-1.amazonaws.com.cn/',
    'or open its SubscribeURL, which leads to sns.cn-north-1.amazonaws.com.cn',
  ],
  ['that is not encrypted', asked.SubscribeURL.replace('https', 'http'), 'do not open its'],
  ['of somebody else', 'https://sns.example.com/', 'leads to "sns.example.com" and not to SNS'],
  ['that is no address', 'sns', 'it has no SubscribeURL'],
  ['that is missing', undefined, 'it has no SubscribeURL'],
])('only an address of SNS itself is one to open: one %s', (_which, SubscribeURL, said) => {
  expect(confirmationOf({ ...asked, SubscribeURL })).toContain(said);
});

test('the topic is named where the message names one', () => {
  expect(confirmationOf(asked)).toContain('nothing of the topic "pictures" arrives');
  expect(confirmationOf({ ...asked, TopicArn: 5 })).toContain('the topic that it names');
});

test.each(['Notification', 'subscriptionConfirmation', undefined])(
  'a message of another type asks for nothing: %s',
  (Type) => expect(confirmationOf({ ...asked, Type })).toBeUndefined(),
);
