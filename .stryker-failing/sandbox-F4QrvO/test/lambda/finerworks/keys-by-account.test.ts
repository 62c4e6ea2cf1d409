// @ts-nocheck
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KeysError } from '../../../lambda/finerworks/keys.ts';
import {
  accountSecretsOf,
  KeysByAccount,
  keysIn,
  parseKeyMap,
  secretNameOf,
} from '../../../lambda/finerworks/keys-by-account.ts';

const KEYS = { web_api_key: 'web-SECRET', app_key: 'app-SECRET' };
const PATTERN = { kind: 'pattern', before: 'finerworks/keys/', after: '' } as const;

describe('the setting', () => {
  test.each([
    ['finerworks/keys/{account}', PATTERN],
    ['finerworks/{account}/keys', { kind: 'pattern', before: 'finerworks/', after: '/keys' }],
    ['finerworks/logins', { kind: 'map', secretId: 'finerworks/logins' }],
  ])('%s is taken for what it is', (setting, secrets) => {
    expect(KeysByAccount.safeParse(setting).success).toBe(true);
    expect(accountSecretsOf(setting)).toEqual(secrets);
  });

  test('takes the ARN of one secret', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:finerworks/logins-AbCdEf';
    expect(KeysByAccount.safeParse(arn).success).toBe(true);
    expect(accountSecretsOf(arn)).toEqual({ kind: 'map', secretId: arn });
  });

  test.each([
    '',
    '{account}',
    '{account}/keys',
    'finerworks/{account}/{account}',
    'finerworks/keys/{ACCOUNT}',
    'two words/{account}',
    'two words',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:finerworks/{account}-AbCdEf',
    'arn:aws:s3:::finerworks/logins',
  ])('%p is refused', (setting) => {
    expect(KeysByAccount.safeParse(setting).success).toBe(false);
  });
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

describe('a map of key sets', () => {
  const map = parseKeyMap({ acme: KEYS, broken: { web_api_key: 'SECRET' } }, 'logins');

  test('gives each account its own set, and none to others', () => {
    expect(keysIn(map, 'acme', 'logins')).toEqual(KEYS);
    expect(keysIn(map, 'other', 'logins')).toBeUndefined();
    expect(keysIn(map, 'constructor', 'logins')).toBeUndefined();
  });

  test('names the secret, the account and the field that is wrong, and no key', () => {
    const read = () => keysIn(map, 'broken', 'logins');
    expect(read).toThrow(KeysError);
    expect(read).toThrow(/^The secret logins, under "broken", must hold .*: app_key is missing$/);
    expect(read).not.toThrow(/SECRET/);
  });

  test.each([
    ['no object', ['SECRET'], 'it is no JSON object'],
    ['no JSON', undefined, 'it is no JSON object'],
    ['a single set of keys', KEYS, 'it holds a single set of keys'],
  ])('that is %s is refused, without a value', (_name, content, fault) => {
    expect(() => parseKeyMap(content, 'logins')).toThrow(KeysError);
    expect(() => parseKeyMap(content, 'logins')).toThrow(fault);
    expect(() => parseKeyMap(content, 'logins')).not.toThrow(/SECRET/);
  });
});
