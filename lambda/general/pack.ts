/** How much goes together. */
export interface PackLimits<Item> {
  readonly maxItems: number;
  readonly maxBytes: number;
  /** What one item adds, in bytes. */
  readonly sizeOf: (item: Item) => number;
}

/** Only so many items go together, however large they are. */
export function byCount(maxItems: number): PackLimits<unknown> {
  return { maxItems, maxBytes: Number.POSITIVE_INFINITY, sizeOf: () => 0 };
}

/**
 * Packs items, in their order, into groups that stay within both limits. An item that is too
 * large by itself gets a group of its own: whether it is refused is for the receiver to say.
 */
export function pack<Item>(items: readonly Item[], limits: PackLimits<Item>): Item[][] {
  const groups: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = limits.sizeOf(item);
    const current = groups.at(-1);
    if (current && current.length < limits.maxItems && bytes + size <= limits.maxBytes) {
      current.push(item);
      bytes += size;
    } else {
      groups.push([item]);
      bytes = size;
    }
  }
  return groups;
}
