import { describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ImageUpdates } from '../../../infra/image-updates.ts';
import { readSettings } from '../../../infra/settings.ts';
import { SOURCE_NAMES } from '../../../webhooks/sources/source-names.ts';
import { CODE, statementsOf, templateOf, testStack } from '../template.ts';

const ONE = templateOf({ webhooks: 'shopify' });
const PUBLIC = { Principal: '*', FunctionName: Match.anyValue() };

describe('without the setting', () => {
  test('there is no door: no address, no queue, no permission, and nothing else', () => {
    const without = JSON.stringify(templateOf().toJSON());
    expect(without).not.toMatch(/webhook|FunctionUrl/i);
    expect(JSON.stringify(templateOf({ webhookSecretName: 'shop/secrets' }).toJSON())).not.toMatch(
      /shop\/secrets"(?!\})/,
    );
  });
});

describe('a door', () => {
  test('has an address that is open to everybody, with both permissions that it needs', () => {
    ONE.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE', Cors: Match.absent() });
    ONE.hasResourceProperties('AWS::Lambda::Permission', {
      ...PUBLIC,
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    });
    ONE.hasResourceProperties('AWS::Lambda::Permission', {
      ...PUBLIC,
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    });
    ONE.resourceCountIs('AWS::Lambda::Permission', 2);
  });

  test('takes ten requests at once, and is told where everything is', () => {
    ONE.hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: 10,
      Timeout: 10,
      Environment: {
        Variables: {
          WEBHOOK_SOURCE: 'shopify',
          WEBHOOK_SECRET_ID: 'finerworks/webhooks',
          QUEUE_URL: { Ref: Match.stringLikeRegexp('^ImageUpdatesQueue') },
          WEBHOOKS_UNDELIVERED_URL: { Ref: Match.stringLikeRegexp('WebhooksUndelivered') },
          KEYS_CACHE_SECONDS: '300',
          WEBHOOK_FIELDS: Match.absent(),
        },
      },
    });
  });

  test('may send to two queues, read one secret, write its log, and nothing else', () => {
    const statements = statementsOf(ONE, 'AWS::IAM::Policy', /WebhooksShopifyRole/);
    const actions = statements.flatMap(({ Action }) => [Action].flat());
    expect(actions.map(String).sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'sqs:SendMessage',
      'sqs:SendMessage',
    ]);
    for (const { Resource } of statements) expect(JSON.stringify(Resource)).not.toBe('"*"');
    const [secret] = statements.filter(({ Action }) => Action === 'secretsmanager:GetSecretValue');
    expect(JSON.stringify(secret?.Resource)).toContain('finerworks/webhooks-??????');
  });

  test('uses a key of the queues only to send', () => {
    const made = templateOf({ webhooks: 'shopify', queueKey: 'new' });
    const statements = statementsOf(made, 'AWS::IAM::Policy', /WebhooksShopifyRole/);
    expect(statements).toContainEqual(
      expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
    );
  });

  test('is told the places that the settings name, and of no other source', () => {
    const webhookFields = '{"shopify":{"guid":"tags.print"},"akeneo":{"guid":"other"}}';
    templateOf({ webhooks: 'shopify', webhookFields }).hasResourceProperties(
      'AWS::Lambda::Function',
      { Environment: { Variables: { WEBHOOK_FIELDS: '{"guid":"tags.print"}' } } },
    );
  });
});

test('each source has a door of its own, and they share a queue for what can’t be mapped', () => {
  const all = templateOf({ webhooks: SOURCE_NAMES.join() });
  all.resourceCountIs('AWS::Lambda::Url', SOURCE_NAMES.length);
  all.resourceCountIs('AWS::SQS::Queue', 3);
  const outputs = Object.keys(all.findOutputs('*'));
  expect(outputs).toEqual(
    expect.arrayContaining([
      ...['WebhookShopifyUrl', 'WebhookShopifyFunctionName', 'WebhookStandardWebhooksUrl'],
      'WebhooksUndeliveredUrl',
    ]),
  );
});

test('an operator may hand letters to doors, and a viewer may not', () => {
  const invokes = (id: RegExp) =>
    statementsOf(ONE, 'AWS::IAM::ManagedPolicy', id).filter(
      ({ Action }) => Action === 'lambda:InvokeFunction',
    );
  expect(invokes(/OperatorPolicy/)).toHaveLength(1);
  expect(invokes(/ViewerPolicy/)).toHaveLength(0);
});

test('the construct takes a secret that is there already, and its key', () => {
  const stack = testStack();
  const encryptionKey = new Key(stack, 'Key');
  const updates = new ImageUpdates(stack, 'ImageUpdates', {
    code: CODE,
    doorCode: CODE,
    webhooks: ['woocommerce'],
    webhookSecret: Secret.fromSecretAttributes(stack, 'Secret', {
      secretCompleteArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf',
      encryptionKey,
    }),
    monitoring: false,
  });
  expect(updates.doors.map(({ source }) => source)).toEqual(['woocommerce']);
  const made = Template.fromStack(stack);
  expect(statementsOf(made, 'AWS::IAM::Policy', /WebhooksWoocommerceRole/)).toContainEqual(
    expect.objectContaining({
      Action: 'kms:Decrypt',
      Condition: { StringEquals: { 'kms:ViaService': expect.anything() } },
    }),
  );
});

test('an HTTP API of the same app may lead to a door, in the form that doors read', () => {
  const stack = testStack();
  const { doors } = new ImageUpdates(stack, 'ImageUpdates', {
    code: CODE,
    doorCode: CODE,
    webhooks: ['shopify'],
  });
  for (const { source, function: door } of doors) {
    const defaultIntegration = new HttpLambdaIntegration(source, door);
    new HttpApi(stack, `Door-${source}`, { defaultIntegration });
  }
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Integration', {
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: { 'Fn::GetAtt': [Match.stringLikeRegexp('WebhooksShopifyFunction'), 'Arn'] },
    PayloadFormatVersion: '2.0',
  });
});

describe('the setting', () => {
  test('names sources, as a text or a list, each once', () => {
    expect(readSettings({ webhooks: 'shopify, akeneo,shopify' }).webhooks).toEqual([
      'shopify',
      'akeneo',
    ]);
    expect(readSettings({ webhooks: ['shopify'] }).webhooks).toEqual(['shopify']);
    expect(readSettings({}).webhooks).toEqual([]);
  });

  test.each([
    [{ webhooks: 'etsy' }, /^-c webhooks: must be names of sources, .*shopify/],
    [{ webhookFields: '{"etsy":{}}' }, /^-c webhookFields: .*etsy/],
    [{ webhookFields: 'title' }, /^-c webhookFields: must be places by source/],
    [{ webhookFields: '{"shopify":{"guid":"a..b"}}' }, /^-c webhookFields: .*names with dots/],
    [{ webhookSecretName: 'a b' }, /^-c webhookSecretName: is neither a name/],
  ])('%j is refused', (context, message) => {
    expect(() => readSettings(context)).toThrow(message);
  });
});
