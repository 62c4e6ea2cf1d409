import { type Field, fieldsOf } from '../../lambda/contract/fields.ts';
import type { Change } from '../../lambda/images/change.ts';
import { compareOrder, type Order } from '../../lambda/images/order.ts';

/** The newest change of a field, by the number of its event; several only where one order is used twice. */
interface Newest {
  readonly order: Order;
  readonly at: number[];
}

type NewestOfFields = { [field in Field]?: Newest };

interface Entry {
  readonly all: NewestOfFields;
  /** Of the changes that may remove products: what is left where the others are rejected. */
  readonly permitted: NewestOfFields;
  /** While they are collected: what is still to come, and what has. */
  left?: Set<number>;
  readonly changes: Change[];
}

/**
 * Finds which events of a file can matter to each image, without holding their texts: a file may have
 * more of these than there is memory. It is read twice: each change is offered first, and collected
 * then. What is collected of an image coalesces to the same values as all of its changes.
 */
export class NewestChanges {
  readonly #images = new Map<string, Entry>();

  /** Images of which not everything was collected. */
  get size(): number {
    return this.#images.size;
  }

  /** @param at the number of the event */
  offer(change: Change, at: number): void {
    const fields = fieldsOf(change);
    if (fields.length === 0) return;
    const entry = this.#images.get(change.guid) ?? { all: {}, permitted: {}, changes: [] };
    this.#images.set(change.guid, entry);
    for (const field of fields) {
      entry.all[field] = newer(entry.all[field], change.order, at);
      if (!change.removeVirtualInventory) continue;
      entry.permitted[field] = newer(entry.permitted[field], change.order, at);
    }
  }

  /** @returns all changes that matter to the image, with the last of them; else undefined */
  collect(change: Change, at: number): readonly Change[] | undefined {
    const entry = this.#images.get(change.guid);
    if (entry === undefined) return undefined;
    entry.left ??= eventsOf(entry);
    if (!entry.left.delete(at)) return undefined;
    entry.changes.push(change);
    if (entry.left.size > 0) return undefined;
    this.#images.delete(change.guid);
    return entry.changes;
  }
}

function newer(known: Newest | undefined, order: Order, at: number): Newest {
  const compared = known === undefined ? 1 : compareOrder(order, known.order);
  if (known === undefined || compared > 0) return { order, at: [at] };
  // Of two changes with one order, their texts decide which wins.
  if (compared === 0) known.at.push(at);
  return known;
}

function eventsOf({ all, permitted }: Entry): Set<number> {
  return new Set(
    [all, permitted].flatMap((fields) => Object.values(fields)).flatMap(({ at }) => at),
  );
}
