import { handledLater } from './handled-later.ts';

/** How items are handled side by side. */
export interface SideBySide<Item> {
  /** How many at once, at most. */
  readonly atOnce: number;
  /** Whether two items must not be handled at the same time. */
  readonly clash: (a: Item, b: Item) => boolean;
}

/**
 * Handles items as they come, some of them at once. An item is asked for once there is a place for it; one
 * that clashes waits for the other, and those behind it wait too.
 *
 * @throws what the source or `handle` throws, the first of it. When this ends, nothing is under way any more.
 */
export async function eachAtOnce<Item>(
  source: AsyncIterable<Item>,
  { atOnce, clash }: SideBySide<Item>,
  handle: (item: Item) => Promise<void>,
): Promise<void> {
  // What has failed stays, so that the next wait learns of it.
  const underWay = new Map<Promise<unknown>, Item>();
  const wait = () => Promise.race(underWay.keys());
  try {
    for await (const item of source) {
      while ([...underWay.values()].some((other) => clash(item, other))) await wait();
      const handled: Promise<unknown> = handledLater(
        handle(item).then(() => underWay.delete(handled)),
      );
      underWay.set(handled, item);
      while (underWay.size >= atOnce) await wait();
    }
    await Promise.all(underWay.keys());
  } finally {
    await Promise.allSettled(underWay.keys());
  }
}
