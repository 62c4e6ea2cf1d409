import { describe, expect, test } from '@jest/globals';
import { keysIn, parseKeyMap } from '../../../lambda/keys/key-map.ts';
import { KeysError } from '../../../lambda/keys/keys.ts';

const KEYS = { web_api_key: 'web-SECRET', app_key: 'app-SECRET' };

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
