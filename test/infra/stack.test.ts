import { describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import fc from 'fast-check';
import { readConfig } from '../../lambda/config.ts';
import { runs } from '../helpers/runs.ts';
import { EVERYTHING, stackOf, statements, templateOf } from './template.ts';

const template = templateOf();

/** Kept, except where the deployment that makes it fails: that must leave nothing behind. */
const KEPT = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

describe('the queues', () => {
  test('keep events 7 days and dead letters 14, encrypted and without physical names', () => {
    for (const MessageRetentionPeriod of [604_800, 1_209_600]) {
      template.hasResourceProperties('AWS::SQS::Queue', {
        MessageRetentionPeriod,
        SqsManagedSseEnabled: true,
        QueueName: Match.absent(),
        FifoQueue: Match.absent(),
      });
    }
  });

  test('are kept when the stack goes, and not where its first deployment fails', () => {
    template.allResources('AWS::SQS::Queue', KEPT);
  });

  test('move what was received too often, and hide what is being processed', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 6 * 120 + 5,
      RedrivePolicy: { maxReceiveCount: 1_000 },
    });
  });

  test('hide it for six times the timeout of the function and the window, whatever is set', () => {
    const times = [fc.integer({ min: 34, max: 900 }), fc.integer({ min: 1, max: 300 })] as const;
    fc.assert(
      fc.property(...times, (timeoutSeconds, batchingWindowSeconds) => {
        const made = templateOf({ timeoutSeconds, batchingWindowSeconds });
        made.hasResourceProperties('AWS::Lambda::Function', { Timeout: timeoutSeconds });
        made.hasResourceProperties('AWS::SQS::Queue', {
          VisibilityTimeout: 6 * timeoutSeconds + batchingWindowSeconds,
        });
      }),
      runs(4),
    );
  });

  test('refuse everything that does not come over TLS, as the topics do', () => {
    const denials = statements(template).filter(({ Effect }) => Effect === 'Deny');
    // Two queues, two topics of alarms.
    expect(denials).toHaveLength(4);
    for (const { Condition } of denials) {
      expect(Condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    }
  });
});

describe('the function', () => {
  test('runs on Node 24 and ARM, with source maps and a log group of its own', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: 120,
      MemorySize: 512,
      LoggingConfig: { LogGroup: Match.anyValue(), LogFormat: 'JSON' },
      Environment: { Variables: Match.objectLike({ NODE_OPTIONS: '--enable-source-maps' }) },
    });
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });

  test('keeps logs at least as long as is set, in the steps that CloudWatch offers', () => {
    const made = templateOf({ logRetentionDays: '15' });
    made.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('gets an environment that it can read, with every setting', () => {
    const made = templateOf({
      maxTitleLength: '50',
      callsPerSecond: '3',
      maxConcurrency: '7',
      retryHours: '24',
      maxRetryAfterSeconds: '60',
      keysByAccount: 'finerworks/keys/{account}',
    });
    const [resource] = Object.values(made.findResources('AWS::Lambda::Function'));
    const { Variables } = resource?.Properties.Environment ?? {};
    const resolved = { ...Variables, QUEUE_URL: 'https://q', DEAD_LETTER_QUEUE_URL: 'https://d' };
    resolved.LEDGER_TABLE = 'ledger';
    resolved.TRAIL_TABLE = 'trail';
    expect(readConfig(resolved)).toMatchObject({
      secretId: 'finerworks/keys',
      maxTitleLength: 50,
      callsPerSecond: 3,
      maxConcurrency: 7,
      maxReceiveCount: 1_000,
      retryHours: 24,
      retentionHours: 168,
      maxRetryAfterSeconds: 60,
      keysByAccount: 'finerworks/keys/{account}',
    });
  });

  test('is invoked with batches and answers for each record', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 5,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('lets Lambda count what it polls and hands over', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      MetricsConfig: { Metrics: ['EventCount'] },
    });
  });

  test('is traced where that is set', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: Match.absent() });
    const traced = templateOf({ tracing: 'on' });
    traced.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    expect(statements(traced).flatMap(({ Action }) => Action)).toContain('xray:PutTraceSegments');
  });
});

test('the outputs say where to send and where to look', () => {
  expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
    'DashboardUrl',
    'DeadLetterQueueArn',
    'DeadLetterQueueUrl',
    'FunctionName',
    'LedgerTableName',
    'OperatorPolicyArn',
    'PageTopicArn',
    'ProducerPolicyArn',
    'QueueArn',
    'QueueUrl',
    'TicketTopicArn',
    'TrailTableName',
    'ViewerPolicyArn',
  ]);
});

test('the outputs name the queues of what a topic and a rule could not deliver', () => {
  const outputs = templateOf(EVERYTHING).findOutputs('*');
  expect(outputs).toMatchObject({
    TopicUndeliveredUrl: { Value: { Ref: expect.stringMatching(/TopicDeadLetterQueue/) } },
    RuleUndeliveredUrl: { Value: { Ref: expect.stringMatching(/RuleDeadLetterQueue/) } },
  });
});

describe('the stack', () => {
  test.each([
    ['off', false],
    ['on', true],
  ])('is protected against deletion together with its table: %s', (given, isProtected) => {
    const stack = stackOf({ terminationProtection: given });
    expect(stack.terminationProtection).toBe(isProtected);
    Template.fromStack(stack).hasResource('AWS::DynamoDB::Table', {
      ...KEPT,
      Properties: { DeletionProtectionEnabled: isProtected },
    });
  });

  test('tags what it makes', () => {
    templateOf({ tags: 'team=print,stage=live' }).allResourcesProperties('AWS::SQS::Queue', {
      Tags: [
        { Key: 'application', Value: 'finerworks-image-updates' },
        { Key: 'stage', Value: 'live' },
        { Key: 'team', Value: 'print' },
      ],
    });
  });
});
