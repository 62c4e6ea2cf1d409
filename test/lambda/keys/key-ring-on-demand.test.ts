import { expect, test } from '@jest/globals';
import { keyRingOnDemand } from '../../../lambda/keys/key-ring-on-demand.ts';
import { testSecrets } from '../../helpers/secrets.ts';

const setOf = (name: string) => ({ web_api_key: `web-${name}`, app_key: `app-${name}` });
const STANDARD = { current: setOf('standard'), reload: async () => undefined };

/** What gives an invocation its keys, over these secrets. */
function started(keysByAccount: string | undefined, contents: Readonly<Record<string, unknown>>) {
  const secrets = testSecrets(contents);
  const settings = { keysByAccount, keysCacheSeconds: 300, now: () => 0 };
  return { secrets, keysFor: keyRingOnDemand(settings, secrets.read, () => undefined) };
}

test('without the setting the default set serves every account, and nothing is read', async () => {
  const { secrets, keysFor } = started(undefined, {});
  const keysOf = await keysFor(STANDARD);
  expect(await keysOf('acme')).toBe(STANDARD);
  expect(secrets.asked).toEqual([]);
});

test('with the setting an account has its own set, which the next invocation need not read', async () => {
  const { secrets, keysFor } = started('keys/{account}', { 'keys/acme': setOf('acme') });
  for (let invocation = 0; invocation < 2; invocation += 1) {
    const keysOf = await keysFor(STANDARD);
    expect((await keysOf('acme')).current).toEqual(setOf('acme'));
  }
  expect(secrets.asked).toHaveLength(1);
});
