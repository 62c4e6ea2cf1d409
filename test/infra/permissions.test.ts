import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { EVERYTHING, keyStatements, statements, statementsOf, templateOf } from './template.ts';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';

const template = templateOf();

/** What IAM knows no resources for: reading of metrics and lists (AWS: service authorization reference). */
const WITHOUT_RESOURCES = [
  'cloudwatch:GetMetricData',
  'cloudwatch:ListMetrics',
  'lambda:ListEventSourceMappings',
  'logs:DescribeQueryDefinitions',
  'logs:GetQueryResults',
];
const isWithoutResources = (action: unknown) =>
  JSON.stringify(action) === JSON.stringify(WITHOUT_RESOURCES);

describe('the permissions', () => {
  test('name their resources and principals: no wildcard allows anything', () => {
    for (const made of [template, templateOf({ secretKeyArn: KEY_ARN }), templateOf(EVERYTHING)]) {
      for (const { Effect, Resource, Principal, Action } of statements(made)) {
        if (Effect === 'Deny' || isWithoutResources(Action)) continue;
        expect([Resource].flat()).not.toContain('*');
        expect(JSON.stringify(Principal ?? {})).not.toContain('"*"');
        expect(JSON.stringify(Action)).not.toContain('*');
      }
    }
  });

  test('let nobody in by default but alarms, and those to their topics only', () => {
    const admitted = statements(template).filter(
      ({ Effect, Principal }) => Effect === 'Allow' && Principal !== undefined,
    );
    expect(admitted.map(({ Action, Principal }) => [Action, Principal])).toEqual([
      ['sns:Publish', { Service: 'cloudwatch.amazonaws.com' }],
      ['sns:Publish', { Service: 'cloudwatch.amazonaws.com' }],
    ]);
  });

  test('of the function come from this template alone, in one role that only Lambda takes on', () => {
    templateOf({ rollout: 'at-once' }).resourceCountIs('AWS::IAM::Role', 1);
    template.hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.absent(),
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
          },
        ],
      },
    });
  });

  test('let the function log, read its one secret, consume the queue, send dead letters and use the ledger', () => {
    const actions = statementsOf(template, 'AWS::IAM::Policy', /FunctionRole/).flatMap(
      ({ Action }) => Action,
    );
    expect([...new Set(actions)].sort()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:PutItem',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ]);
  });

  test("let it use the secret's key for reading secrets only", () => {
    templateOf({ secretKeyArn: KEY_ARN }).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'kms:Decrypt',
            Resource: KEY_ARN,
            Condition: { StringEquals: { 'kms:ViaService': Match.anyValue() } },
          }),
        ]),
      },
    });
  });

  test('name a secret that is given by its full ARN exactly', () => {
    const secretName =
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:finerworks/keys-AbCdEf';
    const made = templateOf({ secretName });
    expect(statements(made).map(({ Resource }) => Resource)).toContain(secretName);
  });

  test.each([
    ['finerworks/keys/{account}', ['finerworks/keys/*']],
    ['finerworks/{account}/keys', ['finerworks/*/keys-??????', 'finerworks/*/keys']],
  ])('for %s, let the function read secrets of that pattern only', (keysByAccount, names) => {
    const made = templateOf({ keysByAccount, secretKeyArn: KEY_ARN });
    const ofSecrets = statementsOf(made, 'AWS::IAM::Policy', /FunctionRole/).filter(
      ({ Action }) => Action === 'secretsmanager:GetSecretValue',
    );
    const resources = ofSecrets
      .flatMap(({ Resource }) => Resource)
      .map((one) => JSON.stringify(one));
    expect(resources).toEqual(
      ['finerworks/keys-??????', ...names].map((name) =>
        expect.stringContaining(`:secret:${name}"`),
      ),
    );
    // The key of the default set's secret serves them too.
    expect(statements(made).map(({ Resource }) => Resource)).toContain(KEY_ARN);
  });

  test.each([
    ['its name', 'finerworks/logins', /:secret:finerworks\/logins-\?{6}/],
    [
      'its full ARN',
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:finerworks/logins-AbCdEf',
      /^"arn:aws:secretsmanager:eu-west-1:111122223333:secret:finerworks\/logins-AbCdEf"$/,
    ],
  ])('for a map of key sets, by %s, let the function read that secret', (_how, id, resource) => {
    const resources = statements(templateOf({ keysByAccount: id })).map(({ Resource }) =>
      JSON.stringify(Resource),
    );
    expect(resources).toContainEqual(expect.stringMatching(resource));
    expect(resources.join()).not.toMatch(/secret:[^"]*\*/);
  });

  test('let a producer send, and nothing else', () => {
    const granted = statementsOf(template, 'AWS::IAM::ManagedPolicy', /^ProducerPolicy/);
    expect(granted).toEqual([
      expect.objectContaining({
        Action: ['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/Updates.*Queue/), 'Arn'] },
      }),
      expect.objectContaining({ Action: 'cloudformation:DescribeStacks' }),
    ]);
  });
});

describe('a viewer', () => {
  const ofLedger = (made: ReturnType<typeof templateOf>) =>
    statementsOf(made, 'AWS::IAM::ManagedPolicy', /^ViewerPolicy/).filter(
      ({ Action, Resource }) =>
        /dynamodb/.test(String(Action)) && /Ledger/.test(JSON.stringify(Resource)),
    );

  test('may read of the ledger its items and the reasons of dead letters, and change nothing', () => {
    expect(ofLedger(template)).toEqual([
      expect.objectContaining({ Action: ['dynamodb:GetItem', 'dynamodb:Scan'] }),
      {
        Action: 'dynamodb:BatchGetItem',
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/Ledger/), 'Arn'] },
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['letter/*'] } },
      },
    ]);
  });

  test('needs nothing of it where there is none', () => {
    expect(ofLedger(templateOf({ ledger: 'off' }))).toEqual([]);
  });
});

describe('a customer-managed key', () => {
  const made = templateOf({ queueKey: 'new' });

  test('encrypts every queue and both alarm topics, is rotated, and stays when the stack goes', () => {
    const everything = templateOf(EVERYTHING);
    everything.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: Match.anyValue() });
    everything.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    everything.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { EnableKeyRotation: true },
    });
  });

  test.each([
    ['the function', 'AWS::IAM::Policy', /FunctionRole/, ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['a producer', 'AWS::IAM::ManagedPolicy', /^Producer/, ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['a viewer', 'AWS::IAM::ManagedPolicy', /^Viewer/, ['kms:Decrypt']],
    ['an operator', 'AWS::IAM::ManagedPolicy', /^Operator/, ['kms:Decrypt', 'kms:GenerateDataKey']],
  ])('lets %s do what queues take with it', (_who, type, id, actions) => {
    const ofKey = statementsOf(made, type, id).filter(
      // What the ledger takes is bound to DynamoDB.
      ({ Action, Condition }) => /kms/.test(String(Action)) && Condition === undefined,
    );
    const resource = { 'Fn::GetAtt': [expect.stringMatching(/Key/), 'Arn'] };
    expect([...new Set(ofKey.flatMap(({ Action }) => Action))]).toEqual(actions);
    for (const { Resource } of ofKey) expect(Resource).toEqual(resource);
  });

  test.each([
    ['the function', 'AWS::IAM::Policy', /FunctionRole/],
    ['a viewer', 'AWS::IAM::ManagedPolicy', /^Viewer/],
    ['an operator', 'AWS::IAM::ManagedPolicy', /^Operator/],
  ])('lets %s decrypt what was sent under a former one, and a producer not', (_who, type, id) => {
    const former = [KEY_ARN, KEY_ARN.replaceAll('1', '6')];
    for (const queueKey of ['aws', 'new']) {
      const changed = templateOf({ queueKey, formerQueueKeys: former.join(', ') });
      const ofFormer = (statements: Record<string, unknown>[]) =>
        statements.filter(({ Resource }) => JSON.stringify(Resource).includes(KEY_ARN));
      expect(ofFormer(statementsOf(changed, type, id))).toEqual([
        { Effect: 'Allow', Action: 'kms:Decrypt', Resource: former },
      ]);
      const producer = statementsOf(changed, 'AWS::IAM::ManagedPolicy', /^Producer/);
      expect(ofFormer(producer)).toEqual([]);
    }
  });

  test('lets the alarms of this account in', () => {
    expect(keyStatements(made)).toContainEqual(
      expect.objectContaining({
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });

  test('may be one that is there already: the function may use it, its policy is not touched', () => {
    const imported = templateOf({ queueKey: KEY_ARN });
    imported.resourceCountIs('AWS::KMS::Key', 0);
    imported.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: KEY_ARN });
    const resources = statementsOf(imported, 'AWS::IAM::Policy', /FunctionRole/).map(
      ({ Resource }) => Resource,
    );
    expect(resources).toContain(KEY_ARN);
  });
});
