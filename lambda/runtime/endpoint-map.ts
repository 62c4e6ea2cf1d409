/**
 * Stands for `mnemonist/lru-cache` in the bundle (infra/bundle.ts), of which each cold start would read
 * 6 KB. DynamoDB's client has one for endpoint discovery, which is off by default, and on would keep one
 * endpoint: nothing has to be dropped.
 */
export default class EndpointMap<Key, Value> extends Map<Key, Value> {
  /** @param _most how many entries it would keep */
  constructor(_most: number) {
    super();
  }

  peek(key: Key): Value | undefined {
    return this.get(key);
  }
}
