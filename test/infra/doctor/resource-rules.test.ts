import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ImageUpdates, type ImageUpdatesProps } from '../../../infra/image-updates.ts';
import { CODE, stackOf, testStack } from '../template.ts';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:incidents';

const make = (propsOf: (stack: Stack) => ImageUpdatesProps) => () => {
  const stack = testStack();
  new ImageUpdates(stack, 'ImageUpdates', { code: CODE, ...propsOf(stack) });
};

describe('a key that is an alias', () => {
  const alias = (stack: Stack) => Alias.fromAliasName(stack, 'Alias', 'alias/mine');
  const made = (stack: Stack) => new Key(stack, 'Key').addAlias('alias/mine');

  test.each([
    ['encryptionKey', (stack: Stack) => ({ encryptionKey: alias(stack) })],
    ['encryptionKey', (stack: Stack) => ({ encryptionKey: made(stack) })],
    ['formerEncryptionKeys', (stack: Stack) => ({ formerEncryptionKeys: [alias(stack)] })],
    ['secretEncryptionKey', (stack: Stack) => ({ secretEncryptionKey: alias(stack) })],
  ])('is refused as %s: a permission on it permits nothing', (prop, propsOf) => {
    expect(make(propsOf)).toThrow(new RegExp(`^${prop}: is an alias, .* Key.fromLookup$`));
  });
});

describe('what is of another region than the stack', () => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.CDK_DEFAULT_REGION;
    process.env.CDK_DEFAULT_REGION = 'us-east-1';
  });
  afterEach(() => {
    if (before === undefined) delete process.env.CDK_DEFAULT_REGION;
    else process.env.CDK_DEFAULT_REGION = before;
  });

  test.each([
    ['pageTopicArn', TOPIC_ARN],
    ['ticketTopicArn', TOPIC_ARN],
    ['queueKey', KEY_ARN],
    ['formerQueueKeys', KEY_ARN],
    ['secretKeyArn', KEY_ARN],
    ['secretName', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:finerworks/keys-AbCdEf'],
  ])('is refused as %s', (setting, arn) => {
    expect(() => stackOf({ [setting]: arn })).toThrow(
      new RegExp(`^${setting}: is in eu-west-1 and the stack in us-east-1: .*`),
    );
    expect(() => stackOf({ [setting]: arn.replace('eu-west-1', 'us-east-1') })).not.toThrow();
  });

  test('is refused by the name of the property where the construct is given it', () => {
    expect(
      make((stack) => ({ pageTopic: Topic.fromTopicArn(stack, 'Incidents', TOPIC_ARN) })),
    ).toThrow(/^pageTopic: is in eu-west-1/);
  });
});

test.each([
  ['pageTopic', (stack: Stack) => ({ pageTopic: new Topic(stack, 'Mine', { fifo: true }) })],
  [
    'ticketTopic',
    (stack: Stack) => ({ ticketTopic: Topic.fromTopicArn(stack, 'Mine', `${TOPIC_ARN}.fifo`) }),
  ],
])('a FIFO topic is refused as %s: CloudWatch sends to none', (prop, propsOf) => {
  expect(make(propsOf)).toThrow(new RegExp(`^${prop}: is a FIFO topic`));
});
