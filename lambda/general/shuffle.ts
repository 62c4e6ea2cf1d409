import type { Random } from './clock.ts';

/** The same items in random order; each order is equally likely (Fisher and Yates). */
export function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const shuffled: Item[] = [];
  for (const item of items) {
    const at = Math.floor(random() * (shuffled.length + 1));
    const displaced = shuffled[at];
    shuffled[at] = item;
    if (displaced !== undefined) shuffled.push(displaced);
  }
  return shuffled;
}
