import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { CallUrl } from '../../../lambda/finerworks/url.ts';
import { KeySource } from '../../../lambda/keys/key-source.ts';
import { KeysError, parseKeys } from '../../../lambda/keys/keys.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const KEYS = { web_api_key: 'web-SECRET-1', app_key: 'app-SECRET-1' };
const NEW_KEYS = { web_api_key: 'web-SECRET-2', app_key: 'app-SECRET-2' };

describe('the content of the secret', () => {
  test.each([
    ['no JSON', 'SECRET', 'it is no JSON object'],
    ['a binary secret', undefined, 'it is no JSON object'],
    ['an empty object', {}, 'web_api_key is missing; app_key is missing'],
    ['one key', { web_api_key: 'SECRET' }, 'app_key is missing'],
    ['other names', { webApiKey: 'SECRET', appKey: 'SECRET' }, 'web_api_key is missing'],
    ['a number', { ...KEYS, app_key: 5 }, 'app_key is not a text'],
    ['an empty key', { ...KEYS, app_key: '' }, 'app_key is empty'],
    [
      'a line break at the end',
      { ...KEYS, app_key: 'SECRET\n' },
      'app_key holds spaces, line breaks',
    ],
    ['no ASCII', { ...KEYS, app_key: 'SECRÉT' }, 'app_key holds spaces, line breaks'],
  ])('that is %s is named with the field and without a value', (_name, content, fault) => {
    expect(() => parseKeys(content, 'finerworks/keys')).toThrow(KeysError);
    expect(() => parseKeys(content, 'finerworks/keys')).toThrow(fault);
    expect(() => parseKeys(content, 'finerworks/keys')).toThrow(
      /^The secret finerworks\/keys must hold/,
    );
    expect(() => parseKeys(content, 'finerworks/keys')).not.toThrow(/SECR/);
  });
});

describe('the keys of a sandbox', () => {
  const source = () => {
    const time = virtualTime();
    const stale: string[] = [];
    const settings = { secretId: 's', keysCacheSeconds: 300, now: time.now };
    return { time, stale, keys: new KeySource(settings, (error) => stale.push(error.message)) };
  };
  const down = async () => {
    throw Object.assign(new Error('SECRET in a message'), { name: 'AccessDeniedException' });
  };

  test('are read once and then held until they expire', async () => {
    const { time, keys } = source();
    let reads = 0;
    const readSecret = async () => {
      reads += 1;
      return KEYS;
    };
    await keys.keys(readSecret);
    time.advance(299_999);
    await keys.keys(readSecret);
    expect(reads).toBe(1);
    time.advance(1);
    await keys.keys(readSecret);
    expect(reads).toBe(2);
  });

  test('that were rotated are found when the held ones expire', async () => {
    const { time, keys } = source();
    await keys.keys(async () => KEYS);
    time.advance(300_000);
    expect(await keys.keys(async () => NEW_KEYS)).toEqual(NEW_KEYS);
  });

  test.each([
    ['can’t be read', down],
    ['holds no keys', async () => ({})],
  ])('serve on while the secret %s, and somebody is told', async (_name, readSecret) => {
    const { time, keys, stale } = source();
    await keys.keys(async () => KEYS);
    time.advance(300_000);
    expect(await keys.keys(readSecret)).toEqual(KEYS);
    expect(stale).toHaveLength(1);
  });

  test('fail clearly where there never were any', async () => {
    const { keys } = source();
    await expect(keys.keys(down)).rejects.toThrow(
      'The secret s could not be read (AccessDeniedException)',
    );
  });

  test('are read past the cache when they were refused', async () => {
    const { keys } = source();
    await keys.keys(async () => KEYS);
    expect(await keys.reload(async () => NEW_KEYS)).toEqual(NEW_KEYS);
    expect(await keys.keys(down)).toEqual(NEW_KEYS);
    expect(await keys.reload(down)).toBeUndefined();
    expect(await keys.keys(down)).toEqual(NEW_KEYS);
  });
});

describe('a secret that is read ahead', () => {
  const DOWN = new Error('SECRET in a message');
  /** A source of keys whose secret began to be read when it was made. */
  const sourceOf = (content: Promise<unknown>) => {
    const time = virtualTime();
    const stale: string[] = [];
    const settings = { secretId: 's', keysCacheSeconds: 300, now: time.now };
    const ahead = { content, startedAt: time.now() };
    const keys = new KeySource(settings, (error) => stale.push(error.message), ahead);
    return { time, stale, keys };
  };
  const readsNew = async () => NEW_KEYS;

  test('is not read again by the first that asks', async () => {
    const { keys } = sourceOf(Promise.resolve(KEYS));
    expect(await keys.keys(readsNew)).toEqual(KEYS);
  });

  test('is waited for while it is on its way', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const { keys } = sourceOf(promise);
    const asked = keys.keys(readsNew);
    resolve(KEYS);
    expect(await asked).toEqual(KEYS);
  });

  test.each([
    ['could not be read', () => Promise.reject(DOWN)],
    ['holds no keys', async () => ({})],
  ])('and %s, is read again, and nobody is told of the first time', async (_name, content) => {
    const { keys, stale } = sourceOf(content());
    expect(await keys.keys(readsNew)).toEqual(NEW_KEYS);
    expect(stale).toEqual([]);
  });

  test('and fails both times, fails for all that asked', async () => {
    const { keys } = sourceOf(Promise.reject(DOWN));
    await expect(keys.keys(() => Promise.reject(DOWN))).rejects.toThrow(
      'The secret s could not be read (Error)',
    );
  });

  test('ages from when it was asked for, however long the sandbox was frozen', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const { time, keys } = sourceOf(promise);
    time.advance(300_000);
    resolve(KEYS);
    await promise;
    expect(await keys.keys(readsNew)).toEqual(NEW_KEYS);
  });

  test('and was answered long before the first invocation, serves as long as any other', async () => {
    const { time, keys } = sourceOf(Promise.resolve(KEYS));
    await setImmediate();
    time.advance(299_999);
    expect(await keys.keys(readsNew)).toEqual(KEYS);
    time.advance(1);
    expect(await keys.keys(readsNew)).toEqual(NEW_KEYS);
  });

  test('and died in a frozen sandbox, is not waited for, nor put over newer keys', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const { time, keys } = sourceOf(promise);
    time.advance(10_000);
    expect(await keys.keys(readsNew)).toEqual(NEW_KEYS);
    resolve(KEYS);
    await promise;
    expect(await keys.keys(readsNew)).toEqual(NEW_KEYS);
  });
});

describe('the address of the API', () => {
  test.each([
    ['https://api.finerworks.com', 'https://api.finerworks.com'],
    ['https://api.finerworks.com/', 'https://api.finerworks.com'],
    ['https://api.finerworks.com//', 'https://api.finerworks.com'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/base/', 'http://localhost:8080/base'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is taken', (given, taken) => {
    expect(CallUrl.parse(given)).toBe(taken);
  });

  test.each([
    'http://api.finerworks.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'https://user:pass@api.finerworks.com',
    'https://user@api.finerworks.com',
    'ftp://localhost',
    'https://api.finerworks.com?key=1',
    'https://api.finerworks.com#a',
    'ftp://api.finerworks.com',
    'api.finerworks.com',
    '',
  ])('%p is refused', (given) => {
    expect(CallUrl.safeParse(given).success).toBe(false);
  });
});
