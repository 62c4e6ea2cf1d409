import { BoundedMap } from '../general/bounded-map.ts';
import { errorName } from '../general/error-name.ts';
import type { InvocationKeys, KeysOf } from '../lanes/key-sets.ts';
import { type AccountSecrets, accountSecretsOf, secretNameOf } from './account-secrets.ts';
import { type KeyMap, keysIn, parseKeyMap } from './key-map.ts';
import { KeyHolder, type OnStale } from './key-source.ts';
import { type Keys, KeysError, parseKeys } from './keys.ts';
import { type ReadSecretById, throttledReader } from './throttled-reader.ts';

/** Where the key sets of accounts are, and how long they are used. */
export interface KeyRingSettings {
  /** As `KeysByAccount` takes it. */
  readonly keysByAccount: string;
  readonly keysCacheSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Gives an account's own set; undefined where the account has none. */
type OwnKeys = (account: string) => Promise<InvocationKeys | undefined>;

/** Accounts that are remembered: so many with their own set, and so many without. */
const MAX_ACCOUNTS = 1_000;

const NO_SECRET = Symbol('no such secret');

/**
 * The key sets of this sandbox, by account: each is read when it is first needed, and held as
 * {@link KeyHolder} holds the default set. An account without its own set uses the default one.
 */
export class KeyRing {
  readonly #settings: KeyRingSettings;
  readonly #onStale: OnStale;
  readonly #read: ReadSecretById;
  /** Makes the lookup of own sets for one invocation. */
  readonly #ownKeys: () => OwnKeys;

  constructor(settings: KeyRingSettings, read: ReadSecretById, onStale: OnStale) {
    this.#settings = settings;
    this.#onStale = onStale;
    this.#read = throttledReader(read, settings.now);
    this.#ownKeys = this.#ownKeysOf(accountSecretsOf(settings.keysByAccount));
  }

  /**
   * The keys for one invocation: those of an account are looked up once, and stay the same until they
   * are reloaded. All accounts without their own set get the same object.
   *
   * @param standard the default set
   */
  forInvocation(standard: InvocationKeys): KeysOf {
    const ownKeys = this.#ownKeys();
    const known = new Map<string, Promise<InvocationKeys>>();
    return async (account) => {
      if (account === null) return standard;
      const keys = known.get(account) ?? ownKeys(account).then((own) => own ?? standard);
      known.set(account, keys);
      return await keys;
    };
  }

  #ownKeysOf(secrets: AccountSecrets): () => OwnKeys {
    return secrets.kind === 'map' ? this.#fromMap(secrets.secretId) : this.#fromSecrets(secrets);
  }

  /** All sets are in one secret. While it can't be read, it is unknown which accounts have their own. */
  #fromMap(secretId: string): () => OwnKeys {
    const source = this.#source<KeyMap>(secretId, parseKeyMap);
    const read = () => this.#read(secretId);
    const lastGood = new BoundedMap<string, Keys>(MAX_ACCOUNTS);
    const ownIn = (map: KeyMap, account: string) => {
      try {
        const keys = keysIn(map, account, secretId);
        if (keys !== undefined) lastGood.set(account, keys);
        return keys;
      } catch (error) {
        // A typing error in the secret must not take an account's good keys away.
        const held = lastGood.get(account);
        if (held === undefined || !(error instanceof KeysError)) throw error;
        this.#onStale(error);
        return held;
      }
    };
    return () => {
      let map: Promise<KeyMap> | undefined;
      return async (account) => {
        map ??= source.keys(read);
        const current = ownIn(await map, account);
        if (current === undefined) return undefined;
        const reload = async () => {
          const reloaded = await source.reload(read);
          return reloaded && ownIn(reloaded, account);
        };
        return { current, reload };
      };
    };
  }

  /** Each set is in its own secret; where there is no such secret, the account has none. */
  #fromSecrets(pattern: Extract<AccountSecrets, { kind: 'pattern' }>): () => OwnKeys {
    // Two maps, so that made-up accounts in events can't displace real ones.
    const withOwn = new BoundedMap<string, KeyHolder<Keys | undefined>>(MAX_ACCOUNTS);
    const without = new BoundedMap<string, KeyHolder<Keys | undefined>>(MAX_ACCOUNTS);
    const ownKeys: OwnKeys = async (account) => {
      const secretId = secretNameOf(account, pattern);
      if (secretId === undefined) return undefined;
      const source =
        withOwn.get(account) ?? without.get(account) ?? this.#source(secretId, parseIfAny);
      const read = () => this.#readIfAny(secretId);
      const current = await source.keys(read);
      const [into, outOf] = current === undefined ? [without, withOwn] : [withOwn, without];
      outOf.delete(account);
      into.set(account, source);
      return current && { current, reload: () => source.reload(read) };
    };
    return () => ownKeys;
  }

  #source<Held>(secretId: string, parse: (content: unknown, secretId: string) => Held) {
    return new KeyHolder({ ...this.#settings, secretId, parse }, this.#onStale);
  }

  async #readIfAny(secretId: string): Promise<unknown> {
    try {
      return await this.#read(secretId);
    } catch (error) {
      // Only this error says that there is none; a missing permission, say, does not.
      if (errorName(error) === 'ResourceNotFoundException') return NO_SECRET;
      throw error;
    }
  }
}

function parseIfAny(content: unknown, secretId: string): Keys | undefined {
  return content === NO_SECRET ? undefined : parseKeys(content, secretId);
}
