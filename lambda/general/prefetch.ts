import { handledLater } from './handled-later.ts';

/**
 * Asks for the next item while the one before is in use, and never for more than that one.
 *
 * @throws whatever the source throws, once the items before it were used; nothing of the source is
 *   under way any more when this has ended, however it ended
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
