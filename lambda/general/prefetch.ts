import { handledLater } from './handled-later.ts';

/**
 * Asks for the next items while one is in use.
 *
 * @param ahead how many at most are asked for beyond the one in use, 1 or more; one after another
 * @throws what the source throws, after the items before it were used. When this ends, nothing of the
 *   source is under way any more.
 */
export async function* prefetch<Item>(
  source: AsyncIterable<Item>,
  ahead = 1,
): AsyncGenerator<Item> {
  const iterator = source[Symbol.asyncIterator]();
  const ask = () => handledLater(iterator.next());
  const upcoming = Array.from({ length: ahead }, ask);
  try {
    for (let next = await upcoming.shift(); next?.done === false; next = await upcoming.shift()) {
      upcoming.push(ask());
      yield next.value;
    }
  } finally {
    await Promise.allSettled(upcoming);
    await iterator.return?.();
  }
}
