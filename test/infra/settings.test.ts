import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readSettings, visibilityTimeoutSeconds } from '../../infra/settings.ts';
import { SettingsError } from '../../infra/settings-error.ts';
import { settingRows } from '../../infra/settings-table.ts';

function faultsOf(context: Record<string, unknown>): string {
  try {
    readSettings(context);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'no fault';
}

describe('settings from context', () => {
  test('have the documented defaults', () => {
    expect(readSettings({})).toMatchObject({
      secretName: 'finerworks/keys',
      apiUrl: 'https://api.finerworks.com',
      batchSize: 500,
      batchingWindowSeconds: 5,
      maxConcurrency: 2,
      timeoutSeconds: 120,
      callTimeoutSeconds: 25,
      maxImagesPerCall: 50,
      maxReceiveCount: 1_000,
      retryHours: 48,
      maxRetryAfterSeconds: 3_600,
    });
  });

  test('take texts, as the command line gives them', () => {
    const { batchSize, maxTitleLength } = readSettings({
      batchSize: '1000',
      maxTitleLength: '50',
    });
    expect([batchSize, maxTitleLength]).toEqual([1_000, 50]);
  });

  test("leave CDK's own context alone", () => {
    const own = {
      '@aws-cdk/core:newStyleStackSynthesis': true,
      'aws:cdk:bundling-stacks': ['**'],
      'acknowledged-issue-numbers': [34892],
    };
    expect(() => readSettings(own)).not.toThrow();
  });

  test.each([
    ['an unknown one', { colour: 'red' }, /^-c colour: is no setting; there are secretName, /],
    ['another case', { batchsize: '5' }, /^-c batchsize: is no setting; did you mean batchSize\?$/],
    ['hyphens', { 'batch-size': '5' }, /^-c batch-size: is no setting; did you mean batchSize\?$/],
    ['a slip', { maxConcurency: '5' }, /^-c maxConcurency: is no setting; did you mean maxConc/],
    ['a missing word', { maxImagePerCall: '5' }, /did you mean maxImagesPerCall\?$/],
    ['too low a concurrency', { maxConcurrency: '1' }, /^-c maxConcurrency: .* from 2 to 1000 /],
    [
      'too high a concurrency',
      { maxConcurrency: '1001' },
      /^-c maxConcurrency: .* from 2 to 1000 /,
    ],
    ['too large a batch', { batchSize: '10001' }, /^-c batchSize: .* from 1 to 10000 \(given/],
    ['an empty batch', { batchSize: '0' }, /^-c batchSize: .* from 1 to 10000 \(given/],
    ['a broken number', { batchSize: '1.5' }, /^-c batchSize: .* from 1 to 10000 \(given/],
    [
      'too long a window',
      { batchingWindowSeconds: '301' },
      /^-c batchingW.* from 0 to 300 \(given/,
    ],
    [
      'too long a timeout',
      { timeoutSeconds: '901' },
      /^-c timeoutSeconds: .* from 5 to 900 \(given/,
    ],
    ['an alias', { queueKey: 'alias/foo' }, /^-c queueKey: .*ARN.*alias will not do.*"alias\/foo"/],
    [
      'a text in a pattern',
      { eventBusName: 'default', eventPattern: '{"source":"x"}' },
      /^-c eventPattern: wants a list.* \(given: "\{.*source/,
    ],
    [
      'a text deep in a pattern',
      { eventBusName: 'default', eventPattern: { detail: { kind: 'x' } } },
      /wants a list.*kind/,
    ],
    ['too few minutes', { oldestMessageMinutes: 3 }, /whole number from 5 to 10080 \(given: 3\)$/],
    ['no minutes', { oldestMessageMinutes: 'x' }, /whole number from 5 to 10080 \(given: "x"\)$/],
    [
      'hours and minutes',
      { retryHours: '90 min' },
      /whole number from 1 to 336 \(given: "90 min"\)$/,
    ],
    [
      'an account as a number',
      { senderAccounts: [123456789012] },
      /12 digits.*texts.*\[123456789012\]/,
    ],
    ['one account as a number', { senderAccounts: 123456789012 }, /12 digits.*texts.*123456789012/],
    [
      'tags as an object',
      { tags: { team: 'print' } },
      /^-c tags: must be one text, name=value.*"team"/,
    ],
    ['no number', { timeoutSeconds: 'long' }, /^-c timeoutSeconds: .* from 5 to 900 \(given/],
    [
      'too much memory',
      { memoryMegabytes: '99999' },
      /^-c memoryMegabytes: .* 128 to 10240 \(given/,
    ],
    ['no images in a call', { maxImagesPerCall: '0' }, /^-c maxImagesPerCall: /],
    ['no length', { maxTitleLength: '0' }, /^-c maxTitleLength: /],
    ['no receives', { maxReceiveCount: '0' }, /^-c maxReceiveCount: .* from 1 to 1000 /],
    ['no value', { batchingWindowSeconds: '' }, /^-c batchingWindowSeconds: is empty/],
    ['a blank value', { maxIsolationCalls: '  ' }, /^-c maxIsolationCalls: is empty/],
    ['what is no value', { batchSize: true }, /^-c batchSize: is empty, or neither/],
    ['plain http', { apiUrl: 'http://api.finerworks.com' }, /^-c apiUrl: must be an https address/],
    ['a FIFO queue', { fifo: 'true' }, /^-c fifo: is no setting: .* FIFO brings at most 10/],
    [
      'a FIFO queue by its type',
      { queueType: 'FIFO' },
      /^-c queueType: is no setting: .* by the construct/,
    ],
    [
      'a FIFO queue by its name',
      { queueName: 'images.fifo' },
      /^-c queueName: is no setting: the stack makes standard queues/,
    ],
    [
      'a large batch without a window',
      { batchingWindowSeconds: '0' },
      /at least 1 where batchSize/,
    ],
    ['no room for a call', { timeoutSeconds: '30' }, /^-c timeoutSeconds: must leave room/],
    [
      'a partial ARN',
      { secretName: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:k' },
      /^-c secretName: is neither/,
    ],
    ['an empty secret', { secretName: '' }, /^-c secretName: is empty/],
    [
      'a pattern without a fixed part',
      { keysByAccount: '{account}' },
      /^-c keysByAccount: is neither .* begins with a fixed part/,
    ],
    [
      'one secret for everything',
      { keysByAccount: 'finerworks/keys' },
      /^-c keysByAccount: is the secret of the default set/,
    ],
    ['what the queue decides', { retentionHours: '96' }, /^-c retentionHours: is no setting/],
    ['too short a retry', { retryHours: '0' }, /^-c retryHours: .* from 1 to 336 /],
    ['an impossible name of a secret', { secretName: 'two words' }, /^-c secretName: is neither/],
    [
      'an alias of a key',
      { secretKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/k' },
      /^-c secretKeyArn: is no full ARN of a KMS key/,
    ],
    ['a wrong stack name', { stackName: '1st' }, /^-c stackName: is no name of a stack/],
  ])('refuse %s in one clear line', (_name, context, line) => {
    expect(faultsOf(context)).toMatch(line);
    expect(faultsOf(context).split('\n')).toHaveLength(1);
  });

  test('list every fault, one a line', () => {
    expect(faultsOf({ maxConcurrency: '1', batchSize: 'x', oops: 1 }).split('\n')).toHaveLength(3);
  });

  test('hide a record for six times the timeout and the window, whatever is set', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 900 }), fc.integer({ min: 1, max: 300 }), (t, w) => {
        const settings = readSettings({
          timeoutSeconds: t,
          batchingWindowSeconds: w,
        });
        const hidden = visibilityTimeoutSeconds(settings);
        expect(hidden).toBe(6 * t + w);
        // (AWS: SQS quotas, visibility timeout)
        expect(hidden).toBeLessThanOrEqual(43_200);
      }),
    );
  });

  test('are all described, each with why', () => {
    for (const { name, why } of settingRows())
      expect([name, why]).toEqual([name, expect.stringMatching(/\w{3}/)]);
  });
});
