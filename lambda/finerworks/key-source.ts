import { errorName } from '../error-name.ts';
import { type Keys, KeysError, parseKeys } from './keys.ts';

/** Where the keys come from and how long they are good for. */
export interface KeySourceSettings {
  /** The secret's name or ARN, for errors. */
  readonly secretId: string;
  readonly keysCacheSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Reads the secret's content, JSON already parsed. */
export type ReadSecret = () => Promise<unknown>;

/** Tells of a secret that could not be read while older keys still serve. */
export type OnStale = (error: KeysError) => void;

/**
 * The keys of this sandbox, read again when they have expired. While the secret can't be read, the
 * last good keys serve: they most likely still hold, and if not, the calls say so.
 */
export class KeySource {
  readonly #settings: KeySourceSettings;
  readonly #onStale: OnStale;
  #lastGood: { readonly keys: Keys; readonly readAt: number } | undefined;

  constructor(settings: KeySourceSettings, onStale: OnStale) {
    this.#settings = settings;
    this.#onStale = onStale;
  }

  /**
   * @throws {KeysError} where there are no keys at all
   */
  async keys(readSecret: ReadSecret): Promise<Keys> {
    const { keysCacheSeconds, now } = this.#settings;
    const held = this.#lastGood;
    if (held !== undefined && now() - held.readAt < keysCacheSeconds * 1_000) return held.keys;
    try {
      return await this.#read(readSecret);
    } catch (error) {
      if (held === undefined || !(error instanceof KeysError)) throw error;
      this.#onStale(error);
      return held.keys;
    }
  }

  /**
   * Reads the secret past the cache, because FinerWorks refused the keys that are held.
   *
   * @returns undefined where the secret can't be read or holds no keys
   */
  async reload(readSecret: ReadSecret): Promise<Keys | undefined> {
    try {
      return await this.#read(readSecret);
    } catch (error) {
      if (!(error instanceof KeysError)) throw error;
      this.#onStale(error);
      return undefined;
    }
  }

  async #read(readSecret: ReadSecret): Promise<Keys> {
    const { secretId, now } = this.#settings;
    const keys = parseKeys(await readContent(readSecret, secretId), secretId);
    this.#lastGood = { keys, readAt: now() };
    return keys;
  }
}

async function readContent(readSecret: ReadSecret, secretId: string): Promise<unknown> {
  try {
    return await readSecret();
  } catch (error) {
    const why = errorName(error);
    throw new KeysError(
      `The secret ${secretId} could not be read (${why}): does it exist in this region, and may this function read it and use its KMS key?`,
    );
  }
}
