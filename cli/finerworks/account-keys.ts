import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Config } from '../../lambda/config.ts';
import { keyRingOnDemand } from '../../lambda/keys/key-ring-on-demand.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import { readKeys, readSecret } from './finerworks.ts';

/** The keys of an account; `null` is the account of the default set. */
export type KeysOfAccount = (account: string | null) => Promise<Keys>;

/**
 * Finds keys as the function does: an account's own set where `keysByAccount` has one, else the
 * default set. Each secret is read once.
 *
 * @returns a function that throws {@link KeysError} where an account has no usable keys
 * @throws {KeysError} where the default secret does not hold keys
 */
export async function accountKeys(
  client: SecretsManagerClient,
  settings: Pick<Config, 'secretId' | 'keysByAccount' | 'keysCacheSeconds'>,
): Promise<KeysOfAccount> {
  const { secretId, keysByAccount, keysCacheSeconds } = settings;
  const current = await readKeys(client, secretId);
  const makeKeysOf = keyRingOnDemand(
    { keysByAccount, keysCacheSeconds, now: Date.now },
    (id) => readSecret(client, id),
    // Keys that were good a moment ago are used on, as in the function.
    () => {},
  );
  const keysOf = await makeKeysOf({ current, reload: async () => undefined });
  return async (account) => (await keysOf(account)).current;
}
