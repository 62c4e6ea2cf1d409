/** A map of bounded size: when it is full, what was set longest ago makes room. */
export class RecentEntries<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    // Deleted first, so that it stands last.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }

  /** @returns what there is of these keys */
  pick(keys: readonly Key[]): Map<Key, Value> {
    return new Map(
      keys.flatMap((key) => {
        const value = this.#entries.get(key);
        return value === undefined ? [] : [[key, value]];
      }),
    );
  }
}
