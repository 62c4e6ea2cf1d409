/** A map of bounded size: what was used longest ago gives way. */
export class BoundedMap<Key, Value> {
  readonly #most: number;
  readonly #entries = new Map<Key, Value>();

  /** @param most entries that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    // A map iterates in the order of insertion: what is inserted anew goes to its end.
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
