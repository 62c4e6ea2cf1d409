import type { InvocationKeys, KeysOf } from '../lanes/key-sets.ts';
import type { KeyRing, KeyRingSettings } from './key-ring.ts';
import type { OnStale } from './key-source.ts';
import type { ReadSecretById } from './throttled-reader.ts';

/** The same where `keysByAccount` may be unset: then the default set serves all accounts. */
type OptionalKeyRingSettings = Omit<KeyRingSettings, 'keysByAccount'> & {
  readonly keysByAccount?: string | undefined;
};

/**
 * The keys by account, for invocations. The key ring is loaded with the first batch, and only where
 * accounts may have their own sets: most stacks have one login.
 *
 * @returns a function that gives an invocation its keys; `standard` is the default set
 */
export function keyRingOnDemand(
  { keysByAccount, ...settings }: OptionalKeyRingSettings,
  read: ReadSecretById,
  onStale: OnStale,
): (standard: InvocationKeys) => Promise<KeysOf> {
  let ring: Promise<KeyRing> | undefined;
  return async (standard) => {
    if (keysByAccount === undefined) return async () => standard;
    ring ??= import('./key-ring.ts').then(
      ({ KeyRing }) => new KeyRing({ ...settings, keysByAccount }, read, onStale),
    );
    return (await ring).forInvocation(standard);
  };
}
