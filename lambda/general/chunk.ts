/** How much goes together; without `maxBytes` only the count matters. */
export interface ChunkLimits<Item> {
  readonly maxItems: number;
  readonly maxBytes?: number;
  /** What one item adds, in bytes. */
  readonly sizeOf?: (item: Item) => number;
}

/**
 * Splits items, in their order, into groups that stay within both limits. An item that is too
 * large by itself gets a group of its own: whether it is refused is for the receiver to say.
 */
export function chunk<Item>(
  items: readonly Item[],
  { maxItems, maxBytes = Number.POSITIVE_INFINITY, sizeOf = () => 0 }: ChunkLimits<Item>,
): Item[][] {
  const groups: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const current = groups.at(-1);
    if (current && current.length < maxItems && bytes + size <= maxBytes) {
      current.push(item);
      bytes += size;
    } else {
      groups.push([item]);
      bytes = size;
    }
  }
  return groups;
}
