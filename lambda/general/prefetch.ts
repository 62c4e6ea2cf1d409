import { handledLater } from './handled-later.ts';

/**
 * Asks for the next item while the one before is in use, and never for more than that one.
 *
 * @throws what the source throws, after the items before it were used. When this ends, nothing of the
 *   source is under way any more.
 */
export async function* prefetch<Item>(source: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = source[Symbol.asyncIterator]();
  let upcoming = handledLater(iterator.next());
  try {
    for (let next = await upcoming; next.done !== true; next = await upcoming) {
      upcoming = handledLater(iterator.next());
      yield next.value;
    }
  } finally {
    await Promise.allSettled([upcoming]);
    await iterator.return?.();
  }
}
