import { describe, expect, test } from '@jest/globals';
import { KeyRing } from '../../../lambda/keys/key-ring.ts';
import { KeysError } from '../../../lambda/keys/keys.ts';
import { awsError, testSecrets } from '../../helpers/secrets.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const setOf = (name: string) => ({ web_api_key: `web-${name}`, app_key: `app-${name}` });
const STANDARD = { current: setOf('standard'), reload: async () => undefined };

/** A ring over secrets that can change, in virtual time. */
function ringOf(keysByAccount: string, contents: Readonly<Record<string, unknown>>) {
  const time = virtualTime();
  const secrets = testSecrets(contents);
  const stale: string[] = [];
  const settings = { keysByAccount, keysCacheSeconds: 300, now: time.now };
  const ring = new KeyRing(settings, secrets.read, ({ message }) => stale.push(message));
  return { time, secrets, stale, keysOf: () => ring.forInvocation(STANDARD) };
}

test('for no account the default set serves, and nothing is read', async () => {
  const { secrets, keysOf } = ringOf('keys/{account}', {});
  expect(await keysOf()(null)).toBe(STANDARD);
  expect(secrets.asked).toEqual([]);
});

describe.each([
  [
    'a secret for each account',
    'keys/{account}',
    (sets: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(Object.entries(sets).map(([name, set]) => [`keys/${name}`, set])),
  ],
  [
    'one secret with a map',
    'logins',
    (sets: Readonly<Record<string, unknown>>) => ({ logins: sets }),
  ],
])('with %s', (_name, setting, contentsOf) => {
  const started = (sets: Readonly<Record<string, unknown>>) => {
    const ring = ringOf(setting, contentsOf(sets));
    const put = (changed: Readonly<Record<string, unknown>>) => {
      for (const [name, content] of Object.entries(contentsOf(changed))) {
        ring.secrets.contents.set(name, content);
      }
    };
    return { ...ring, put };
  };

  test('each account has its own set, and others the default one, as the very same object', async () => {
    const keysOf = started({ acme: setOf('acme'), museum: setOf('museum') }).keysOf();
    expect((await keysOf('acme')).current).toEqual(setOf('acme'));
    expect((await keysOf('museum')).current).toEqual(setOf('museum'));
    expect(await keysOf('other')).toBe(STANDARD);
  });

  test('no secret is read again before its keys expire', async () => {
    const { time, secrets, keysOf } = started({ acme: setOf('acme') });
    for (const account of ['acme', 'other']) await keysOf()(account);
    const { length } = secrets.asked;
    time.advance(299_999);
    for (const account of ['acme', 'other']) await keysOf()(account);
    expect(secrets.asked).toHaveLength(length);
  });

  test('a rotated set, and a new one, are found when the held ones expire', async () => {
    const { time, put, keysOf } = started({ acme: setOf('acme') });
    for (const account of ['acme', 'other']) await keysOf()(account);
    put({ acme: setOf('acme-2'), other: setOf('other') });
    time.advance(300_000);
    expect((await keysOf()('acme')).current).toEqual(setOf('acme-2'));
    expect((await keysOf()('other')).current).toEqual(setOf('other'));
  });

  test('refused keys are read past the cache, and only those of that account change', async () => {
    const { put, keysOf } = started({ acme: setOf('acme'), museum: setOf('museum') });
    const acme = await keysOf()('acme');
    put({ acme: setOf('acme-2'), museum: setOf('museum') });
    expect(await acme.reload()).toEqual(setOf('acme-2'));
    expect((await keysOf()('acme')).current).toEqual(setOf('acme-2'));
  });

  test('a set that can no longer be read serves on, and somebody is told', async () => {
    const { time, secrets, stale, keysOf } = started({ acme: setOf('acme') });
    await keysOf()('acme');
    for (const name of secrets.contents.keys()) {
      secrets.contents.set(name, awsError('InternalServiceError'));
    }
    time.advance(300_000);
    const acme = await keysOf()('acme');
    expect(acme.current).toEqual(setOf('acme'));
    expect(await acme.reload()).toBeUndefined();
    expect(stale).toHaveLength(2);
  });

  test('a set that is spoilt serves on as it was', async () => {
    const { time, put, stale, keysOf } = started({ acme: setOf('acme') });
    await keysOf()('acme');
    put({ acme: { web_api_key: 'SECRET' } });
    time.advance(300_000);
    expect((await keysOf()('acme')).current).toEqual(setOf('acme'));
    expect(stale).toEqual([expect.stringMatching(/acme.*app_key is missing/)]);
  });

  test('a spoilt set that never was good fails its own account, by name and without a key', async () => {
    const broken = { web_api_key: 'SECRET' };
    const keysOf = started({ acme: setOf('acme'), broken }).keysOf();
    await expect(keysOf('broken')).rejects.toThrow(KeysError);
    await expect(keysOf('broken')).rejects.toThrow(/broken.* must hold .*: app_key is missing/);
    await expect(keysOf('broken')).rejects.not.toThrow(/SECRET/);
    expect((await keysOf('acme')).current).toEqual(setOf('acme'));
  });

  test('a set that is taken away gives way to the default one', async () => {
    const { time, secrets, keysOf } = started({ acme: setOf('acme') });
    await keysOf()('acme');
    secrets.contents.clear();
    if (setting === 'logins') secrets.contents.set(setting, {});
    time.advance(300_000);
    expect(await keysOf()('acme')).toBe(STANDARD);
  });
});

describe('with a secret for each account', () => {
  test('what is not permitted, or waits for its deletion, is not taken for absent', async () => {
    for (const name of ['AccessDeniedException', 'InvalidRequestException']) {
      const { keysOf } = ringOf('keys/{account}', { 'keys/acme': awsError(name) });
      await expect(keysOf()('acme')).rejects.toThrow(
        `The secret keys/acme could not be read (${name})`,
      );
      expect(await keysOf()('other')).toBe(STANDARD);
    }
  });

  test('an account that no secret of the pattern can bear is not asked for', async () => {
    const { secrets, keysOf } = ringOf('keys/{account}', { 'keys/a/b': setOf('not for events') });
    expect(await keysOf()('a/b')).toBe(STANDARD);
    expect(secrets.asked).toEqual([]);
  });

  test('made-up accounts do not drive real ones out', async () => {
    const { secrets, keysOf } = ringOf('keys/{account}', { 'keys/acme': setOf('acme') });
    await keysOf()('acme');
    const others = keysOf();
    for (let n = 0; n < 1_500; n += 1) await others(`made-up-${n}`);
    const { length } = secrets.asked;
    await keysOf()('acme');
    expect(secrets.asked).toHaveLength(length);
  });
});

describe('with one secret with a map', () => {
  test('that can’t be read, accounts wait, and no account still has the default set', async () => {
    const { keysOf } = ringOf('logins', {});
    await expect(keysOf()('acme')).rejects.toThrow(
      'The secret logins could not be read (ResourceNotFoundException)',
    );
    expect(await keysOf()(null)).toBe(STANDARD);
  });

  test('it is read once for all accounts of an invocation', async () => {
    const sets = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, setOf(name)]));
    const { secrets, keysOf } = ringOf('logins', { logins: sets });
    await Promise.all(['a', 'b', 'c', 'd'].map(keysOf()));
    expect(secrets.asked).toEqual(['logins']);
  });
});
