import { handledLater } from './handled-later.ts';
import { prefetch } from './prefetch.ts';

/**
 * Maps items in their order, some of them at once.
 *
 * @param atOnce how many are mapped at once, at most; 2 or more
 * @throws what the source or `map` throws, after the results before it were used. When this ends, nothing
 *   is under way any more.
 */
export async function* mapAhead<Item, Result>(
  source: AsyncIterable<Item>,
  atOnce: number,
  map: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay = new Set<Promise<Result>>();
  async function* begun() {
    for await (const item of source) {
      const result = handledLater(map(item));
      underWay.add(result);
      yield { result };
    }
  }
  try {
    for await (const { result } of prefetch(begun(), atOnce - 1)) {
      yield await result;
      underWay.delete(result);
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}
