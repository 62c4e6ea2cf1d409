import { expect, test } from '@jest/globals';
import { SessionId, sessionIdOf } from '../../../lambda/finerworks/list-settings.ts';

test.each([
  ['8 characters', 'a'.repeat(8), true],
  ['7 characters', 'a'.repeat(7), false],
  ['50 characters', 'a'.repeat(50), true],
  ['51 characters', 'a'.repeat(51), false],
  ['the place of the account', '{account}', true],
  ['the place of the account in a long text', `{account}${'a'.repeat(60)}`, true],
])('a session id of %s: %p is allowed: %p', (_, text, isAllowed) => {
  expect(SessionId.safeParse(text).success).toBe(isAllowed);
});

test('the session id of a list has the account in it', () => {
  const settings = { listSessionId: '{account}-{account}' };
  expect(sessionIdOf('shop', settings, 'request-1')).toBe('shop-shop');
});

test.each([
  ['too short', '{account}', 'shop'],
  ['too long', '{account}', 'a'.repeat(51)],
  ['that of no account', '{account}', null],
  ['not set', undefined, 'an-account'],
])('it is the invocation’s where it would be %s', (_, listSessionId, account) => {
  expect(sessionIdOf(account, { listSessionId }, 'request-1')).toBe('request-1');
});
