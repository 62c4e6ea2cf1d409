import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { statements, templateOf } from './template.ts';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';

const template = templateOf();

describe('the permissions', () => {
  test('name their resources and principals: no wildcard allows anything', () => {
    for (const made of [template, templateOf({ secretKeyArn: KEY_ARN })]) {
      for (const { Effect, Resource, Principal, Action } of statements(made)) {
        if (Effect === 'Deny') continue;
        expect([Resource].flat()).not.toContain('*');
        expect(Principal).toBeUndefined();
        expect(JSON.stringify(Action)).not.toContain('*');
      }
    }
  });

  test('come from this template alone, in one role that only Lambda takes on', () => {
    template.resourceCountIs('AWS::IAM::Role', 1);
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
    const actions = statements(template)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action);
    expect([...new Set(actions)].sort()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:DescribeSecret',
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
});
