import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountSecretsOf, secretNameOf } from '../../../lambda/keys/account-secrets.ts';

const PATTERN = { kind: 'pattern', before: 'finerworks/keys/', after: '' } as const;

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:finerworks/logins-AbCdEf';

test.each([
  ['finerworks/keys/{account}', PATTERN],
  ['finerworks/{account}/keys', { kind: 'pattern', before: 'finerworks/', after: '/keys' }],
  ['finerworks/logins', { kind: 'map', secretId: 'finerworks/logins' }],
  [ARN, { kind: 'map', secretId: ARN }],
])('the setting %s says where the sets are', (setting, secrets) => {
  expect(accountSecretsOf(setting)).toEqual(secrets);
});

describe('the name of an account’s secret', () => {
  test('holds the account as it is', () => {
    expect(secretNameOf('Acme-1', PATTERN)).toBe('finerworks/keys/Acme-1');
  });

  test.each(['', 'other/shop', '../keys', 'two words', 'a*', 'a?', 'a\n', 'é', 'x'.repeat(512)])(
    'is none for %p, since no such secret is asked for',
    (account) => {
      expect(secretNameOf(account, PATTERN)).toBeUndefined();
    },
  );

  test('never leaves the place of the pattern, whatever events say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (account) => {
        const name = secretNameOf(account, PATTERN) ?? 'finerworks/keys/none';
        expect(name).toMatch(/^finerworks\/keys\/[^/*?\s]+$/);
      }),
    );
  });
});
