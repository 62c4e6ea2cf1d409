import { afterEach, describe, expect, test } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ImageUpdates } from '../../../infra/image-updates.ts';
import {
  CODE,
  EVERYTHING,
  keyStatements,
  stackOf,
  statements,
  templateOf,
  testStack,
} from '../template.ts';

const TOPIC = EVERYTHING.topicArn;
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';

/** Who is admitted to the queues, by the statement's name. */
function admissions(context: Record<string, unknown>) {
  return statements(templateOf(context)).filter(
    ({ Sid, Effect }) => Effect === 'Allow' && /^(Account|Topic|Rule)/.test(String(Sid)),
  );
}

test('without settings nothing but the queues and topics of this stack is there', () => {
  const template = templateOf();
  expect(admissions({})).toEqual([]);
  template.resourceCountIs('AWS::SQS::Queue', 2);
  template.resourceCountIs('AWS::Events::Rule', 0);
  template.resourceCountIs('AWS::SNS::Subscription', 0);
});

describe('other accounts', () => {
  test('may send, each by its name', () => {
    const { senderAccounts } = EVERYTHING;
    expect(admissions({ senderAccounts })).toEqual(
      ['444455556666', '777788889999'].map((account) =>
        expect.objectContaining({
          Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
          Principal: {
            AWS: { 'Fn::Join': ['', expect.arrayContaining([`:iam::${account}:root`])] },
          },
        }),
      ),
    );
  });

  test('may use the queue’s key through SQS only', () => {
    const made = templateOf({ queueKey: 'new', senderAccounts: '444455556666' });
    expect(keyStatements(made)).toContainEqual(
      expect.objectContaining({
        Sid: 'Account444455556666',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: { 'kms:ViaService': expect.anything() } },
      }),
    );
  });
});

describe('a topic', () => {
  const made = templateOf({ topicArn: TOPIC, queueKey: 'new' });

  test('is subscribed to, with its envelope and a queue for what it can not deliver', () => {
    made.hasResourceProperties('AWS::SNS::Subscription', {
      TopicArn: TOPIC,
      Protocol: 'sqs',
      RawMessageDelivery: Match.absent(),
      Region: 'eu-west-1',
      RedrivePolicy: {
        deadLetterTargetArn: {
          'Fn::GetAtt': [Match.stringLikeRegexp('TopicDeadLetterQueue'), 'Arn'],
        },
      },
    });
  });

  test('alone is let in, to both queues and to the key', () => {
    const fromTopic = { ArnEquals: { 'aws:SourceArn': TOPIC } };
    const ofQueues = statements(made).filter(({ Principal }) =>
      /sns/.test(JSON.stringify(Principal)),
    );
    expect(ofQueues.map(({ Condition }) => Condition)).toEqual([fromTopic, fromTopic]);
    expect(keyStatements(made)).toContainEqual(
      expect.objectContaining({ Sid: 'Topic', Condition: fromTopic }),
    );
  });
});

describe('a topic of another region', () => {
  const before = process.env.CDK_DEFAULT_REGION;
  afterEach(() => {
    process.env.CDK_DEFAULT_REGION = before ?? '';
    if (before === undefined) delete process.env.CDK_DEFAULT_REGION;
  });

  test('is refused, because what it could not deliver would have nowhere to go', () => {
    process.env.CDK_DEFAULT_REGION = 'us-east-1';
    expect(() => stackOf({ topicArn: TOPIC })).toThrow(
      /^topicArn: is in eu-west-1 and the stack in us-east-1: /,
    );
    process.env.CDK_DEFAULT_REGION = 'eu-west-1';
    expect(() => stackOf({ topicArn: TOPIC })).not.toThrow();
  });

  test('is refused by the construct for the region of its own stack', () => {
    const env = { region: 'eu-central-1', account: '111122223333' };
    const stack = new Stack(testStack(), 'Regional', { env });
    const topic = Topic.fromTopicArn(stack, 'Changes', TOPIC);
    const make = () => new ImageUpdates(stack, 'Updates', { topic, code: CODE });
    expect(make).toThrow(/^topic: is in eu-west-1 and the stack in eu-central-1/);
  });
});

describe('a bus of another account or region', () => {
  const env = { region: 'eu-central-1', account: '111122223333' };
  const make = (eventBusArn: string) => {
    const stack = new Stack(testStack(), 'Placed', { env });
    const eventBus = EventBus.fromEventBusArn(stack, 'Bus', eventBusArn);
    const eventRule = { eventBus, eventPattern: { source: ['com.example.pim'] } };
    return () => new ImageUpdates(stack, 'Updates', { eventRule, code: CODE });
  };

  test.each(['eu-central-1:444455556666', 'eu-west-1:111122223333'])(
    'is refused, because the rule would be on the bus of that name beside the stack: %s',
    (place) => {
      expect(make(`arn:aws:events:${place}:event-bus/pim`)).toThrow(
        /^eventRule: is of account \d+ in eu-[\w-]+, and the stack is not: /,
      );
    },
  );

  test('is one of neither', () => {
    expect(make('arn:aws:events:eu-central-1:111122223333:event-bus/pim')).not.toThrow();
  });

  test('is refused by its setting for the place that the command line names', () => {
    const before = { ...process.env };
    Object.assign(process.env, { CDK_DEFAULT_REGION: 'eu-west-1', CDK_DEFAULT_ACCOUNT: '1' });
    try {
      const { eventPattern } = EVERYTHING;
      const eventBusName = 'arn:aws:events:eu-west-1:444455556666:event-bus/pim';
      expect(() => stackOf({ eventBusName, eventPattern })).toThrow(
        /^eventBusName: is of account 444455556666 in eu-west-1, and the stack is not: /,
      );
    } finally {
      process.env = before;
    }
  });
});

describe('a rule on a bus', () => {
  const { eventBusName, eventPattern } = EVERYTHING;
  const made = templateOf({ eventBusName, eventPattern, queueKey: 'new' });

  test('sends matching events to the queue, with a queue for what it can not deliver', () => {
    made.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: 'default',
      EventPattern: { source: ['com.example.pim'], 'detail-type': ['changed'] },
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('UpdatesQueue'), 'Arn'] },
          DeadLetterConfig: {
            Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('RuleDeadLetterQueue'), 'Arn'] },
          },
        },
      ],
    });
  });

  test('alone is let in to both queues; the key admits EventBridge for this account', () => {
    const fromRule = {
      ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/Rule/), 'Arn'] } },
    };
    const ofQueues = statements(made).filter(({ Sid }) => Sid === 'Rule');
    expect(ofQueues.map(({ Condition }) => Condition)).toEqual([fromRule, fromRule]);
    expect(keyStatements(made)).toContainEqual(
      expect.objectContaining({
        Sid: 'Rule',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });
});

test('what a key of somebody else must allow is said, since its policy can not be added to', () => {
  const stack = stackOf({ queueKey: KEY_ARN, topicArn: TOPIC });
  Annotations.fromStack(stack).hasWarning(
    '*',
    Match.stringLikeRegexp('add to it yourself: .*cloudwatch.amazonaws.com'),
  );
  Annotations.fromStack(stack).hasWarning(
    '*',
    Match.stringLikeRegexp(`add to it yourself: .*kms:GenerateDataKey.*${TOPIC}`),
  );
});
