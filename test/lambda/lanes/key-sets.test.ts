import { describe, expect, test } from '@jest/globals';
import { type Keys, KeysError } from '../../../lambda/keys/keys.ts';
import { KeySet, KeySets, type KeysOf } from '../../../lambda/lanes/key-sets.ts';
import { KEYS } from '../../helpers/delivery.ts';

const NEW_KEYS: Keys = { web_api_key: 'web-key-2', app_key: 'app-key-2' };

/** A key set whose secret holds these keys by now, and how often that was read. */
function keySetOf(reload: () => Promise<Keys | undefined>) {
  let reloads = 0;
  const set = new KeySet({ current: KEYS, reload }, () => {
    reloads += 1;
  });
  return { set, reloads: () => reloads };
}

describe('refused keys', () => {
  test('are read anew once, however many calls ask', async () => {
    const { set, reloads } = keySetOf(async () => NEW_KEYS);
    const answers = await Promise.all([set.hasOtherThan(KEYS), set.hasOtherThan(KEYS)]);
    expect([...answers, await set.hasOtherThan(NEW_KEYS)]).toEqual([true, true, false]);
    expect(set.keys).toBe(NEW_KEYS);
    expect(reloads()).toBe(1);
  });

  test.each([
    ['are the same', async () => ({ ...KEYS })],
    ['can’t be read', async () => undefined],
  ])('are all there is where those in the secret %s', async (_name, reload) => {
    const { set } = keySetOf(reload);
    expect(await set.hasOtherThan(KEYS)).toBe(false);
    expect(set.keys).toEqual(KEYS);
  });

  test.each(['web_api_key', 'app_key'] as const)('are others where only %s is new', async (key) => {
    const { set } = keySetOf(async () => ({ ...KEYS, [key]: 'new' }));
    expect(await set.hasOtherThan(KEYS)).toBe(true);
  });
});

describe('the key sets of an invocation', () => {
  const unread = async () => undefined;

  test('are one for all accounts with the same source, and one for each other source', async () => {
    const [common, own] = [
      { current: KEYS, reload: unread },
      { current: NEW_KEYS, reload: unread },
    ];
    const sets = new KeySets(
      async (account) => (account === 'own' ? own : common),
      () => {},
    );
    const [one, other, third] = [await sets.of('a'), await sets.of(null), await sets.of('own')];
    expect(one).toBe(other);
    expect(one).not.toBe(third);
    expect(third).toMatchObject({ keys: NEW_KEYS, isAccepted: false, refused: undefined });
  });

  test.each([
    ['a cause', new KeysError('the secret own holds no keys'), 'the secret own holds no keys'],
    ['an error that may quote a key', new TypeError('web-key-1'), 'TypeError'],
  ])('that can’t be had concern their account alone, with %s', async (_name, error, detail) => {
    const keysOf: KeysOf = async (account) => {
      if (account === 'own') throw error;
      return { current: KEYS, reload: unread };
    };
    const sets = new KeySets(keysOf, () => {});
    expect(await sets.of('own')).toEqual({ kind: 'retry', reason: 'BadKeys', detail });
    expect(await sets.of('other')).toBeInstanceOf(KeySet);
  });

  test('tell of each reading of a secret', async () => {
    let reloads = 0;
    const sets = new KeySets(
      async () => ({ current: KEYS, reload: unread }),
      () => {
        reloads += 1;
      },
    );
    const set = await sets.of(null);
    if (set instanceof KeySet) await set.hasOtherThan(KEYS);
    expect(reloads).toBe(1);
  });
});
