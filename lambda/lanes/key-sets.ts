import { errorName } from '../general/error-name.ts';
import { type Keys, KeysError } from '../keys/keys.ts';
import type { Retried } from '../verdicts/verdict.ts';

/** A set of keys for one invocation. */
export interface InvocationKeys {
  readonly current: Keys;
  /** Reads the secret past every cache; undefined where it can't be read. */
  readonly reload: () => Promise<Keys | undefined>;
}

/**
 * The keys that an account is called with: the same object for all accounts with the same keys.
 * Rejects with {@link KeysError} where there are none.
 */
export type KeysOf = (account: string | null) => Promise<InvocationKeys>;

/** One set of keys, and whether FinerWorks accepted or refused it in this invocation. */
export class KeySet {
  /** Keys of this set were accepted, and not refused since. */
  isAccepted = false;
  /** Set when FinerWorks refused it, and to read it again did not help. */
  refused: Retried | undefined;
  #keys: Keys;
  #reloading: Promise<void> | undefined;
  readonly #source: InvocationKeys;
  readonly #onReload: () => void;

  constructor(source: InvocationKeys, onReload: () => void) {
    this.#source = source;
    this.#onReload = onReload;
    this.#keys = source.current;
  }

  get keys(): Keys {
    return this.#keys;
  }

  /** Reads the secret again, once an invocation. @returns whether there are other keys to try */
  async hasOtherThan(refused: Keys): Promise<boolean> {
    this.#reloading ??= this.#reload();
    await this.#reloading;
    const { web_api_key, app_key } = this.#keys;
    return refused.web_api_key !== web_api_key || refused.app_key !== app_key;
  }

  async #reload(): Promise<void> {
    this.#onReload();
    this.#keys = (await this.#source.reload()) ?? this.#keys;
  }
}

/** The key sets of one invocation, each read when an account needs it first. */
export class KeySets {
  readonly #keysOf: KeysOf;
  readonly #onReload: () => void;
  readonly #sets = new Map<InvocationKeys, KeySet>();

  /** @param onReload called each time that a secret is read again */
  constructor(keysOf: KeysOf, onReload: () => void) {
    this.#keysOf = keysOf;
    this.#onReload = onReload;
  }

  /** @returns the account's set, or why there is none. Never throws. */
  async of(account: string | null): Promise<KeySet | Retried> {
    let source: InvocationKeys;
    try {
      source = await this.#keysOf(account);
    } catch (error) {
      const detail = error instanceof KeysError ? error.message : errorName(error);
      return { kind: 'retry', reason: 'BadKeys', detail };
    }
    const known = this.#sets.get(source) ?? new KeySet(source, this.#onReload);
    this.#sets.set(source, known);
    return known;
  }
}
