/** A map of bounded size, which drops the least recently used entry. */
export class BoundedMap<Key, Value> {
  readonly #most: number;
  readonly #entries = new Map<Key, Value>();

  /** @param most the most entries that it keeps */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    // A map iterates in the order of insertion: an entry that is set again goes to its end.
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
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
        const value = this.get(key);
        return value === undefined ? [] : [[key, value]];
      }),
    );
  }
}
