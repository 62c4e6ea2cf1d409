import { describe, expect, test } from '@jest/globals';
import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { EventBus, Match as EventMatch } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccountKeys } from '../../infra/account-keys.ts';
import { ImageUpdates, type ImageUpdatesProps } from '../../infra/image-updates.ts';
import { CODE, keyStatements, statements, statementsOf, testStack } from './template.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:finerworks/keys-AbCdEf';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';

/** What the construct makes of things that an app has already. */
function made(propsOf: (stack: Stack) => ImageUpdatesProps): Template {
  const stack = testStack();
  new ImageUpdates(stack, 'ImageUpdates', { code: CODE, ...propsOf(stack) });
  return Template.fromStack(stack);
}

/** A secret of the same app, by its type as CDK's own declarations have it only without `exactOptionalPropertyTypes`. */
const newSecret = (stack: Stack, id: string): ISecret =>
  Secret.fromSecretCompleteArn(stack, `The${id}`, new Secret(stack, id).secretArn);

const ofFunction = (template: Template) =>
  statementsOf(template, 'AWS::IAM::Policy', /FunctionRole/);

function secretsRead(template: Template): unknown[] {
  return ofFunction(template)
    .filter(({ Action }) => [Action].flat().includes('secretsmanager:GetSecretValue'))
    .map(({ Resource }) => Resource);
}

function variable(template: Template, name: string): unknown {
  const [resource] = Object.values(template.findResources('AWS::Lambda::Function'));
  return resource?.Properties.Environment.Variables[name];
}

describe('the secret', () => {
  test('is finerworks/keys where nothing is given', () => {
    const template = made(() => ({}));
    expect(variable(template, 'FINERWORKS_SECRET_ID')).toBe('finerworks/keys');
    expect(JSON.stringify(secretsRead(template))).toContain(':secret:finerworks/keys-??????');
  });

  test('may be made in the same app: its whole ARN is read, and nothing else', () => {
    const template = made((stack) => ({ secret: newSecret(stack, 'Keys') }));
    const arn = { Ref: expect.stringMatching(/^Keys/) };
    expect(secretsRead(template)).toEqual([arn]);
    expect(variable(template, 'FINERWORKS_SECRET_ID')).toEqual(arn);
  });

  test('may be one whose ARN is a token', () => {
    const template = made((stack) => ({
      secret: Secret.fromSecretCompleteArn(
        stack,
        'Keys',
        new CfnParameter(stack, 'Arn').valueAsString,
      ),
    }));
    expect(secretsRead(template)).toEqual([{ Ref: 'Arn' }]);
    expect(variable(template, 'FINERWORKS_SECRET_ID')).toEqual({ Ref: 'Arn' });
  });

  test.each([
    [
      'its own key',
      (stack: Stack) => ({
        secret: Secret.fromSecretAttributes(stack, 'Keys', {
          secretCompleteArn: SECRET_ARN,
          encryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN),
        }),
      }),
      KEY_ARN,
    ],
    [
      'a key that it does not know',
      (stack: Stack) => ({ secretEncryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN) }),
      KEY_ARN,
    ],
    [
      'a key of the same app',
      (stack: Stack) => ({ secretEncryptionKey: new Key(stack, 'Key') }),
      { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    ],
  ])(
    'may have %s: the function decrypts with it, through Secrets Manager only',
    (_which, propsOf, arn) => {
      expect(ofFunction(made(propsOf))).toContainEqual({
        Action: 'kms:Decrypt',
        Effect: 'Allow',
        Resource: arn,
        Condition: { StringEquals: { 'kms:ViaService': expect.anything() } },
      });
    },
  );
});

describe('key sets of accounts', () => {
  test('may be a secret of the same app', () => {
    const template = made((stack) => ({
      keysByAccount: AccountKeys.fromSecret(newSecret(stack, 'Logins')),
    }));
    expect(secretsRead(template)).toContainEqual({ Ref: expect.stringMatching(/^Logins/) });
    expect(variable(template, 'FINERWORKS_KEYS_BY_ACCOUNT')).toEqual({
      Ref: expect.stringMatching(/^Logins/),
    });
  });

  test('may be a secret for each account', () => {
    const template = made(() => ({
      keysByAccount: AccountKeys.fromSecretNames('finerworks/keys/{account}'),
    }));
    expect(JSON.stringify(secretsRead(template))).toContain(':secret:finerworks/keys/*');
  });

  test.each(['finerworks/keys', '{account}', 'a/{account}/{account}'])(
    'have no names by the pattern %s',
    (pattern) => {
      expect(() => AccountKeys.fromSecretNames(pattern)).toThrow(/^keysByAccount: is neither/);
    },
  );

  test('are not the default set', () => {
    expect(() =>
      made((stack) => {
        const secret = newSecret(stack, 'Keys');
        return { secret, keysByAccount: AccountKeys.fromSecret(secret) };
      }),
    ).toThrow(/^keysByAccount: is the secret of the default set/);
  });
});

describe('a customer’s key', () => {
  const template = made((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
  const arn = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };

  test('encrypts queues, alarm topics and the ledger', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: Match.anyValue() });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() },
    });
  });

  test('is used for the ledger through DynamoDB only, and without wildcards', () => {
    const { Action, Condition } =
      ofFunction(template).find(({ Action }) => [Action].flat().includes('kms:Encrypt')) ?? {};
    expect(Condition).toMatchObject({
      StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['dynamodb.', ...ANY_REGION]] } },
    });
    expect(JSON.stringify(Action)).not.toContain('*');
  });

  test('is used as well by those who read the reasons of dead letters', () => {
    const stack = testStack();
    const updates = new ImageUpdates(stack, 'ImageUpdates', {
      code: CODE,
      encryptionKey: new Key(stack, 'Key'),
    });
    updates.grantOperate(new ManagedPolicy(stack, 'Operators'));
    const ofOperators = statementsOf(
      Template.fromStack(stack),
      'AWS::IAM::ManagedPolicy',
      /^Operators/,
    );
    expect(ofOperators).toContainEqual(
      expect.objectContaining({ Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: arn }),
    );
  });

  test('is not needed: DynamoDB’s own, for which nobody pays, encrypts the ledger', () => {
    made(() => ({})).hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: false },
    });
  });
});

const ANY_REGION = [{ Ref: 'AWS::Region' }, '.amazonaws.com'];

describe('sources of the same app', () => {
  test('may be a topic: it alone is let in', () => {
    const template = made((stack) => ({
      topic: new Topic(stack, 'Changes'),
      encryptionKey: new Key(stack, 'Key'),
    }));
    const topicArn = { Ref: expect.stringMatching(/^Changes/) };
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'sqs' });
    const admitted = [...statements(template), ...keyStatements(template)].filter(
      ({ Sid }) => Sid === 'Topic',
    );
    expect(admitted.map(({ Condition }) => Condition)).toEqual([
      { ArnEquals: { 'aws:SourceArn': topicArn } },
      { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    ]);
  });

  test('may be a topic with the key of the queues: the template is no circle', () => {
    const make = () =>
      made((stack) => {
        const masterKey = new Key(stack, 'Key');
        return { topic: new Topic(stack, 'Changes', { masterKey }), encryptionKey: masterKey };
      });
    expect(make).not.toThrow();
  });

  test('may be a bus, with a pattern as CDK has it', () => {
    const template = made((stack) => ({
      eventRule: {
        eventBus: EventBus.fromEventBusName(
          stack,
          'TheBus',
          new EventBus(stack, 'Bus').eventBusName,
        ),
        eventPattern: { source: EventMatch.prefix('com.example.'), detailType: ['changed'] },
      },
    }));
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: { Ref: Match.stringLikeRegexp('^Bus') },
      EventPattern: { source: [{ prefix: 'com.example.' }], 'detail-type': ['changed'] },
    });
  });

  test('may be another account that is known later', () => {
    const template = made((stack) => ({
      senderAccounts: [new CfnParameter(stack, 'Account').valueAsString],
    }));
    expect(statements(template)).toContainEqual(
      expect.objectContaining({
        Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
        Principal: { AWS: { 'Fn::Join': ['', expect.arrayContaining([{ Ref: 'Account' }])] } },
      }),
    );
  });
});

test('an address of the API and one for alarms may be known later', () => {
  const template = made((stack) => ({
    apiUrl: new CfnParameter(stack, 'Api').valueAsString,
    pageEmail: new CfnParameter(stack, 'Email').valueAsString,
  }));
  expect(variable(template, 'FINERWORKS_API_URL')).toEqual({ Ref: 'Api' });
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: { Ref: 'Email' } });
});

test('without monitoring there are no alarms, topics, dashboards and queries', () => {
  const stack = testStack();
  const updates = new ImageUpdates(stack, 'ImageUpdates', { code: CODE, monitoring: false });
  expect(updates.monitoring).toBeUndefined();
  const template = Template.fromStack(stack);
  for (const type of [
    'CloudWatch::Alarm',
    'CloudWatch::Dashboard',
    'SNS::Topic',
    'Logs::QueryDefinition',
  ]) {
    template.resourceCountIs(`AWS::${type}`, 0);
  }
});

test('alarms may go to topics that are there already', () => {
  const template = made((stack) => ({
    pageTopic: new Topic(stack, 'Incidents'),
    ticketTopic: new Topic(stack, 'Chat'),
  }));
  template.resourceCountIs('AWS::SNS::Topic', 2);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^Incidents') }],
  });
});

test('one topic may be for pages and tickets, and tells an address once', () => {
  const template = made((stack) => {
    const topic = new Topic(stack, 'Incidents');
    const email = 'on-call@example.com';
    return { pageTopic: topic, ticketTopic: topic, pageEmail: email, ticketEmail: email };
  });
  template.resourceCountIs('AWS::SNS::Subscription', 1);
});

test('a key that was there before still decrypts', () => {
  const template = made((stack) => ({
    encryptionKey: new Key(stack, 'Key'),
    formerEncryptionKeys: [Key.fromKeyArn(stack, 'Former', KEY_ARN)],
  }));
  expect(ofFunction(template)).toContainEqual(
    expect.objectContaining({ Action: 'kms:Decrypt', Resource: KEY_ARN }),
  );
});

test('its metrics are there for alarms of one’s own', () => {
  const stack = testStack();
  const updates = new ImageUpdates(stack, 'ImageUpdates', { code: CODE, monitoring: false });
  updates
    .metric('Images', { period: Duration.hours(1) })
    .createAlarm(stack, 'Idle', { threshold: 1, evaluationPeriods: 1 });
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: [
      Match.objectLike({
        MetricStat: {
          Metric: {
            Namespace: 'FinerWorksImageUpdates',
            MetricName: 'Images',
            Dimensions: [{ Name: 'service', Value: { Ref: Match.stringLikeRegexp('Function') } }],
          },
          Period: 3_600,
          Stat: 'Sum',
        },
      }),
    ],
  });
});

test('it is a grantee itself, and says what it granted', () => {
  const stack = testStack();
  const updates = new ImageUpdates(stack, 'ImageUpdates', { code: CODE, monitoring: false });
  new Topic(stack, 'Done').grantPublish(updates);
  const backend = new Role(stack, 'Backend', {
    assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
  });
  expect(updates.grantSend(backend).success).toBe(true);
  const template = Template.fromStack(stack);
  expect(ofFunction(template).map(({ Action }) => Action)).toContain('sns:Publish');
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});
