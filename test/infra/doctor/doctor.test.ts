import { describe, expect, test } from '@jest/globals';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ALARM_RULES } from '../../../infra/doctor/alarm-rules.ts';
import { diagnose, diagnoseAlarms, RULES as SHARED_RULES } from '../../../infra/doctor/doctor.ts';
import { STACK_RULES } from '../../../infra/doctor/stack-rules.ts';
import { readSettings } from '../../../infra/settings.ts';
import { SettingsError } from '../../../infra/settings-error.ts';
import { stackOf } from '../template.ts';

const RULES = [...SHARED_RULES, ...STACK_RULES, ...ALARM_RULES];

/** Where nobody is told of alarms, that is a trap by itself. */
const TOLD = { pageEmail: 'page@example.com', ticketEmail: 'ticket@example.com' };

/** Undefined stands for a setting that is not given. */
const read = (context: Record<string, unknown>) => {
  const given = Object.entries({ ...TOLD, ...context });
  return readSettings(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
};

const TRAPS: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
  [
    'virtual-inventory',
    { virtualInventory: 'remove' },
    /^virtualInventory is remove: .* protect is/,
  ],
  [
    'list-library',
    { listLibrary: 'temporary' },
    /^listLibrary is not inventory, .* they are lost$/,
  ],
  ['window', { batchingWindowSeconds: '0' }, /^batchingWindowSeconds must be at least 1 where/],
  ['event-rule', { eventBusName: 'default' }, /^eventBusName needs eventPattern/],
  [
    'outcomes-key',
    { outcomesKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1111', outcomesTarget: 'default' },
    /^outcomesKeyArn is the key of a topic, and outcomesTarget names none/,
  ],
  ['loopback', { apiUrl: 'http://localhost:1' }, /^apiUrl is on the machine that calls it/],
  ['outage', { retryHours: '23' }, /^retryHours gives up after 23 hours.*: 24 outlast a day$/],
  [
    'receives',
    { maxReceiveCount: '200' },
    /^maxReceiveCount may end before retryHours=48: .* up to 3\d\d times until then/,
  ],
  [
    'same-secret',
    { keysByAccount: 'finerworks/keys' },
    /^keysByAccount is the secret of the default set/,
  ],
  [
    'payload',
    { batchSize: '10000' },
    /^batchSize is never reached: 6 MB of payload hold about 6900/,
  ],
  [
    'in-flight',
    { batchSize: '6000', maxConcurrency: '21', callsPerSecond: '1000' },
    /above 120000/,
  ],
  ['culprits', { maxIsolationCalls: '98' }, /^maxIsolationCalls does not find .* that takes 99$/],
  [
    'call-size',
    { maxImagesPerCall: '51', maxIsolationCalls: '200' },
    /^maxImagesPerCall is above 50/,
  ],
  ['log-retention', { logRetentionDays: '13' }, /^logRetentionDays is shorter than dead letters/],
  ['nobody-paged', { pageEmail: undefined }, /^pageEmail names nobody, nor does pageTopicArn/],
  ['nobody-told', { ticketEmail: undefined }, /^ticketEmail names nobody, nor does ticketTopicArn/],
  ['no-alarms', { monitoring: 'off' }, /^monitoring is off, so that there are no alarms, and who/],
  ['call-time', { timeoutSeconds: '33' }, /^timeoutSeconds must leave room for a call/],
  [
    'pace-of-one',
    { callsPerSecond: '0.02' },
    /one call in 100 s, more than timeoutSeconds has room/,
  ],
  [
    'pace-of-batch',
    { callsPerSecond: '0.1' },
    /^callsPerSecond makes the 20 calls .* take 400 s of the 100 s/,
  ],
  ['memory', { memoryMegabytes: '184' }, /^memoryMegabytes must be at least 185: so much one/],
  [
    'memory-of-batch',
    { memoryMegabytes: '334' },
    /^memoryMegabytes suffices .* a batch of 6 MiB of the worst takes up to 335, /,
  ],
  ['no-pace', { maxConcurrency: '11' }, /^maxConcurrency calls FinerWorks up to 33 times at once/],
];

describe('the doctor', () => {
  test('has nothing to say of the defaults, where somebody is told of alarms', () => {
    expect([...diagnose(read({}), 'warn'), ...diagnose(read({}), 'refuse')]).toEqual([]);
  });

  test('takes a topic that is there already for somebody', () => {
    const topic = 'arn:aws:sns:eu-west-1:111122223333:on-call';
    const context = { pageEmail: undefined, pageTopicArn: topic };
    expect(findingsOf({ ...context, ticketEmail: undefined, ticketTopicArn: topic })).toEqual([]);
  });

  test.each(TRAPS)('knows the trap %s, and says why and what to do', (rule, context, line) => {
    expect(findingsOf(context)).toEqual([{ rule, line: expect.stringMatching(line) }]);
  });

  test.each([
    ['outage', { retryHours: '24' }],
    ['receives', { maxReceiveCount: '800' }],
    ['receives', { retryHours: '168' }],
    ['payload', { batchSize: '6900' }],
    ['in-flight', { batchSize: '5000', maxConcurrency: '24', callsPerSecond: '1000' }],
    ['call-size', { maxImagesPerCall: '50' }],
    ['log-retention', { logRetentionDays: '14' }],
    ['call-time', { timeoutSeconds: '34' }],
    ['pace-of-batch', { callsPerSecond: '0.4' }],
    ['no-pace', { maxConcurrency: '10' }],
    ['memory-of-batch', { memoryMegabytes: '335' }],
    ['memory-of-batch of one message', { memoryMegabytes: '185', batchSize: '1' }],
  ])('is silent just before the trap %s', (_rule, context) => {
    expect(findingsOf(context)).toEqual([]);
  });

  test('is tested on every rule', () => {
    expect(TRAPS.map(([rule]) => rule).sort()).toEqual(RULES.map(({ name }) => name).sort());
  });

  test('warns where the stack is made', () => {
    Annotations.fromStack(stackOf({ retryHours: '5' })).hasWarning(
      '/FinerWorksImageUpdates/ImageUpdates',
      Match.stringLikeRegexp('^retryHours gives up after'),
    );
  });
});

/** What is said of settings: all warnings, or the refusal that comes before them. */
function findingsOf(context: Record<string, unknown>) {
  try {
    const settings = read(context);
    return [...diagnose(settings, 'warn'), ...diagnoseAlarms(settings)].map(
      ({ rule, setting, message }) => ({
        rule,
        line: `${setting} ${message}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const line = error.message.replace(/^-c (\w+):/, '$1');
    const refused = RULES.find(
      ({ level, setting }) => level === 'refuse' && line.startsWith(setting),
    );
    return [{ rule: refused?.name, line }];
  }
}
