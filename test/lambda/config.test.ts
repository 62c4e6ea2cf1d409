import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig, toEnvironment } from '../../lambda/config.ts';

const needed = {
  secretId: 'finerworks/keys',
  queueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/q',
  deadLetterQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/d',
};

describe('the function’s settings', () => {
  test('that are written to the environment are read back as they were', () => {
    const settings = {
      ...needed,
      apiUrl: 'https://test-api.finerworks.com',
      keysByAccount: 'finerworks/keys/{account}',
      ledgerTable: 'ledger',
      trailTable: 'trail',
      trailDays: 90,
      unchangedDays: 30,
      clockAheadMinutes: 5,
      maxTimeAgeYears: 3,
      virtualInventory: 'remove' as const,
      verify: 'all' as const,
      omittedFields: 'omit' as const,
      listSessionId: '{account}',
      listSiteId: 3,
      listLibrary: 'temporary',
      maxReceiveCount: 10,
      retryHours: 24,
      retentionHours: 96,
      maxRetryAfterSeconds: 60,
      maxConcurrency: 5,
      maxImagesPerCall: 7,
      maxBytesPerCall: 2_000,
      callTimeoutSeconds: 3.5,
      callsPerSecond: 0.5,
      callsAtOnce: 3,
      maxIsolationCalls: 0,
      systemicRefusalImages: 9,
      newImageSeconds: 0,
      keysCacheSeconds: 60,
      maxTitleLength: 50,
      maxDescriptionLength: 1_000,
      outcomesTarget: 'arn:aws:sns:eu-west-1:111122223333:outcomes',
      outcomes: ['applied', 'dead-lettered'],
    };
    expect(readConfig(toEnvironment(settings))).toEqual(settings);
  });

  test('have defaults where nothing is said, an empty variable included', () => {
    const environment = { ...toEnvironment(needed), MAX_IMAGES_PER_CALL: '', CALLS_PER_SECOND: '' };
    expect(readConfig(environment).listSessionId).toBeUndefined();
    expect(readConfig(environment)).toMatchObject({
      maxImagesPerCall: 50,
      callTimeoutSeconds: 25,
      maxReceiveCount: 1_000,
      retryHours: 48,
      retentionHours: 168,
      maxRetryAfterSeconds: 3_600,
      omittedFields: 'complete',
      listSiteId: 2,
      listLibrary: 'inventory',
    });
  });

  test('that are wrong are named by their variables, all at once and without values', () => {
    const environment = {
      MAX_IMAGES_PER_CALL: 'fifty-one',
      FINERWORKS_API_URL: 'http://evil.example',
    };
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(/^The function's environment is wrong: .*; /);
    for (const variable of [
      'MAX_IMAGES_PER_CALL',
      'FINERWORKS_API_URL',
      'FINERWORKS_SECRET_ID',
      'QUEUE_URL',
    ]) {
      expect(() => readConfig(environment)).toThrow(`${variable}: `);
    }
    expect(() => readConfig(environment)).not.toThrow(/fifty-one|evil/);
  });
});
