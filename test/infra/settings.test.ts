import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readSettings, SettingsError, visibilityTimeoutSeconds } from '../../infra/settings.ts';
import { settingRows } from '../../infra/settings-table.ts';

const NEEDED = { secretName: 'finerworks/keys' };

function faultsOf(context: Record<string, unknown>): string {
  try {
    readSettings({ ...NEEDED, ...context });
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'no fault';
}

describe('settings from context', () => {
  test('have the documented defaults', () => {
    expect(readSettings(NEEDED)).toMatchObject({
      apiUrl: 'https://api.finerworks.com',
      batchSize: 500,
      batchingWindowSeconds: 5,
      maxConcurrency: 2,
      timeoutSeconds: 120,
      callTimeoutSeconds: 25,
      maxImagesPerCall: 50,
      maxReceiveCount: 200,
    });
  });

  test('take texts, as the command line gives them', () => {
    const { batchSize, maxTitleLength } = readSettings({
      ...NEEDED,
      batchSize: '1000',
      maxTitleLength: '50',
    });
    expect([batchSize, maxTitleLength]).toEqual([1_000, 50]);
  });

  test("leave CDK's own context alone", () => {
    const own = { '@aws-cdk/core:newStyleStackSynthesis': true, 'aws:cdk:bundling-stacks': ['**'] };
    expect(() => readSettings({ ...NEEDED, ...own })).not.toThrow();
  });

  test.each([
    ['an unknown one', { batchsize: '5' }, /^-c batchsize: is no setting; there are secretName, /],
    ['a wrong number', { maxConcurrency: '1' }, /^-c maxConcurrency: /],
    ['no number', { timeoutSeconds: 'long' }, /^-c timeoutSeconds: is no number/],
    ['a broken number', { batchSize: '1.5' }, /^-c batchSize: is no whole number/],
    ['plain http', { apiUrl: 'http://api.finerworks.com' }, /^-c apiUrl: must be an https address/],
    [
      'a FIFO queue',
      { fifo: 'true' },
      /^-c fifo: is not supported: a FIFO queue brings at most 10/,
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
    ['an empty secret', { secretName: '' }, /^-c secretName: is neither/],
    ['a key that is no ARN', { secretKeyArn: 'alias/k' }, /^-c secretKeyArn: is no ARN/],
    ['a wrong stack name', { stackName: '1st' }, /^-c stackName: is no name of a stack/],
  ])('refuse %s in one clear line', (_name, context, line) => {
    expect(faultsOf(context)).toMatch(line);
    expect(faultsOf(context).split('\n')).toHaveLength(1);
  });

  test('say how to give the secret where it is missing', () => {
    expect(() => readSettings({})).toThrow(/-c secretName=finerworks\/keys/);
  });

  test('list every fault, one a line', () => {
    expect(faultsOf({ maxConcurrency: '1', batchSize: 'x', oops: 1 }).split('\n')).toHaveLength(3);
  });

  test('keep a record hidden for six times the time-out and the window, whatever is set', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 900 }),
        fc.integer({ min: 1, max: 300 }),
        (time, window) => {
          const settings = readSettings({
            ...NEEDED,
            timeoutSeconds: time,
            batchingWindowSeconds: window,
          });
          expect(visibilityTimeoutSeconds(settings)).toBe(6 * time + window);
        },
      ),
    );
  });

  test('are all described, each with why', () => {
    for (const { name, why } of settingRows())
      expect([name, why]).toEqual([name, expect.stringMatching(/\w{3}/)]);
  });
});
