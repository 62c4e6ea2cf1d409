import { describe, expect, test } from '@jest/globals';
import { CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import fc from 'fast-check';
import { propOf, SHARED_SETTINGS, secondsOfUnit } from '../../infra/prop-names.ts';
import { readSettings } from '../../infra/settings.ts';
import { propsOfSettings, settingsOfProps } from '../../infra/settings-of-props.ts';

describe('the properties of the construct', () => {
  test('take times, switches and days of logs as CDK has them', () => {
    const settings = settingsOfProps({
      timeout: Duration.minutes(5),
      callTimeout: Duration.millis(2_500),
      maxBatchingWindow: Duration.seconds(10),
      retryFor: Duration.days(1),
      unchangedFor: Duration.hours(48),
      ledger: false,
      monitoring: false,
      memorySize: 1_024,
      logRetention: RetentionDays.INFINITE,
    });
    expect(settings).toMatchObject({
      timeoutSeconds: 300,
      callTimeoutSeconds: 2.5,
      batchingWindowSeconds: 10,
      retryHours: 24,
      unchangedDays: 2,
      ledger: 'off',
      monitoring: 'off',
      memoryMegabytes: 1_024,
      logRetentionDays: 9_999,
    });
  });

  test('have the defaults of the settings', () => {
    expect(readSettings({})).toMatchObject(settingsOfProps({}));
  });

  test('say of the stack’s settings what these say', () => {
    const given = fc.record({
      timeoutSeconds: fc.integer({ min: 60, max: 900 }),
      batchingWindowSeconds: fc.integer({ min: 1, max: 300 }),
      retryHours: fc.integer({ min: 1, max: 336 }),
      oldestMessageMinutes: fc.integer({ min: 5, max: 10_080 }),
      logRetentionDays: fc.integer({ min: 1, max: 9_999 }),
      ledger: fc.boolean(),
      verify: fc.constantFrom('all', 'sample', 'off'),
      senderAccounts: fc.array(fc.constantFrom('111122223333', '444455556666')),
      pageEmail: fc.option(fc.constant('page@example.com'), { nil: undefined }),
    });
    fc.assert(
      fc.property(given, ({ pageEmail, ...rest }) => {
        const settings = readSettings({ ...rest, ...(pageEmail && { pageEmail }) });
        expect(settings).toMatchObject(settingsOfProps(propsOfSettings(settings)));
      }),
    );
  });

  test('say of a wrong time what it counts, as it was given', () => {
    expect(() => settingsOfProps({ retryFor: Duration.minutes(90) })).toThrow(
      /^retryFor: must be a whole number of hours from 1 to 336 \(given: 1 hour 30 minutes\)$/,
    );
  });

  test('have names of their own, one for each setting', () => {
    expect(new Set(SHARED_SETTINGS.map(propOf)).size).toBe(SHARED_SETTINGS.length);
  });

  test('are lengths of time for each setting with a unit, and say none', () => {
    const withUnit = SHARED_SETTINGS.filter((name) => /(Seconds|Minutes|Hours|Days)$/.test(name));
    expect(withUnit.filter((name) => secondsOfUnit(name) === undefined)).toEqual([
      'logRetentionDays',
    ]);
    for (const name of withUnit) expect(propOf(name)).not.toMatch(/(Seconds|Minutes|Hours|Days)$/);
  });
});

describe('a property that is wrong', () => {
  test('is named as the property that it is', () => {
    expect(() => settingsOfProps({ timeout: Duration.seconds(20), batchSize: 0 })).toThrow(
      /^batchSize: must be a whole number from 1 to 10000 \(given: 0\)\ntimeout: must leave room for a call of callTimeout: /,
    );
    expect(() => settingsOfProps({ retryFor: Duration.minutes(90) })).toThrow(/^retryFor: /);
  });

  test.each([
    [{ timeoutSeconds: 60 }, 'timeoutSeconds: is no property; did you mean timeout?'],
    [{ maxConcurency: 4 }, 'maxConcurency: is no property; did you mean maxConcurrency?'],
    [{ colour: 'red' }, 'colour: is no property'],
  ])('is refused where there is none: %j', (props: object, message) => {
    expect(() => settingsOfProps(props)).toThrow(message);
  });
});

describe('a token', () => {
  const text = (stack: Stack) => new CfnParameter(stack, 'Text').valueAsString;

  test('stands for every text', () => {
    const token = text(new Stack());
    const texts = {
      apiUrl: token,
      pageEmail: token,
      ticketEmail: token,
      runbookUrl: token,
      listSessionId: token,
      listLibrary: token,
      senderAccounts: [token],
    };
    expect(settingsOfProps(texts)).toMatchObject(texts);
  });

  test.each([
    ['number', { batchSize: Lazy.number({ produce: () => 5 }) }, 'batchSize'],
    [
      'length of time',
      { timeout: Duration.seconds(Lazy.number({ produce: () => 60 })) },
      'timeout',
    ],
  ])('stands for no %s', (_what, props, prop) => {
    expect(() => settingsOfProps(props)).toThrow(
      `${prop}: must be known when the app is synthesised`,
    );
  });

  test('stands for no choice', () => {
    expect(() => settingsOfProps(JSON.parse(`{"verify": "${text(new Stack())}"}`))).toThrow(
      /^verify: /,
    );
  });
});
