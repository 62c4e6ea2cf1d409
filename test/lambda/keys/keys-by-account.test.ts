import { describe, expect, test } from '@jest/globals';
import { KeysByAccount } from '../../../lambda/keys/keys-by-account.ts';

describe('the setting', () => {
  test.each([
    'finerworks/keys/{account}',
    'finerworks/{account}/keys',
    'finerworks/logins',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:finerworks/logins-AbCdEf',
  ])('%s is taken', (setting) => {
    expect(KeysByAccount.safeParse(setting).success).toBe(true);
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
