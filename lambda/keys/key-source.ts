import { errorName } from '../general/error-name.ts';
import { type Keys, KeysError, parseKeys } from './keys.ts';

/** Where the keys come from and how long they are used. */
export interface KeyHolderSettings<Held> {
  /** The secret's name or ARN, for errors. */
  readonly secretId: string;
  /** Reads the keys out of the secret's content; throws `KeysError` where there are none. */
  readonly parse: (content: unknown, secretId: string) => Held;
  readonly keysCacheSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Reads the secret's content, JSON already parsed. */
export type ReadSecret = () => Promise<unknown>;

/** The secret's content, requested before any invocation needed it. */
export interface PrefetchedSecret {
  readonly content: Promise<unknown>;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/**
 * How long to wait for the prefetched secret, in milliseconds: every request ends within less
 * (aws-client-settings.ts), but not while its sandbox is frozen.
 */
const LONGEST_PREFETCH = 10_000;

/** Called when a secret could not be read and older keys are used. */
export type OnStale = (error: KeysError) => void;

/**
 * Holds the keys of one secret in this sandbox, and reads them again when they have expired. While the
 * secret can't be read, it gives the last good keys: they most likely still work, and if not, the calls
 * fail with `BadKeys`.
 */
export class KeyHolder<Held> {
  readonly #settings: KeyHolderSettings<Held>;
  readonly #onStale: OnStale;
  readonly #prefetched:
    | { readonly ended: Promise<unknown>; readonly startedAt: number }
    | undefined;
  #lastGood: { readonly keys: Held; readonly readAt: number } | undefined;

  /**
   * @param prefetched the first caller waits for it. If it fails, the secret is read again, and the
   *   caller gets the result of that.
   */
  constructor(settings: KeyHolderSettings<Held>, onStale: OnStale, prefetched?: PrefetchedSecret) {
    this.#settings = settings;
    this.#onStale = onStale;
    if (prefetched === undefined) return;
    const { content, startedAt } = prefetched;
    const ended = this.#read(() => content, startedAt).catch(() => {});
    this.#prefetched = { ended, startedAt };
  }

  /**
   * @throws {KeysError} where there are no keys at all
   */
  async keys(readSecret: ReadSecret): Promise<Held> {
    const { keysCacheSeconds, now } = this.#settings;
    const prefetched = this.#prefetched;
    if (prefetched !== undefined && now() - prefetched.startedAt < LONGEST_PREFETCH)
      await prefetched.ended;
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
   * Reads the secret past the cache, because FinerWorks refused the current keys.
   *
   * @returns undefined where the secret can't be read or holds no keys
   */
  async reload(readSecret: ReadSecret): Promise<Held | undefined> {
    try {
      return await this.#read(readSecret);
    } catch (error) {
      if (!(error instanceof KeysError)) throw error;
      this.#onStale(error);
      return undefined;
    }
  }

  /** An answer can wait in a frozen sandbox for any time: the keys' age counts from the request. */
  async #read(readSecret: ReadSecret, readAt = this.#settings.now()): Promise<Held> {
    const { secretId, parse } = this.#settings;
    const keys = parse(await readContent(readSecret, secretId), secretId);
    // The prefetched answer can come after a later one.
    if (readAt >= (this.#lastGood?.readAt ?? 0)) this.#lastGood = { keys, readAt };
    return keys;
  }
}

/** The default set of keys, which has its own secret. */
export class KeySource extends KeyHolder<Keys> {
  constructor(
    settings: Omit<KeyHolderSettings<Keys>, 'parse'>,
    onStale: OnStale,
    prefetched?: PrefetchedSecret,
  ) {
    super({ ...settings, parse: parseKeys }, onStale, prefetched);
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
