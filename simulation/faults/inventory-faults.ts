import type { Fault } from './fault.ts';

/** Faults in the care for virtual inventory, and in what a list of FinerWorks is believed. */
export const INVENTORY_FAULTS: readonly Fault[] = [
  {
    name: 'images with products are updated all the same',
    from: 16,
    file: 'inventory/preflight.ts',
    search: 'if (image === undefined || image.skus.length === 0) return update;',
    replace: 'if (image === undefined || image.skus.length >= 0) return update;',
  },
  {
    name: 'a preflight that failed counts as no products',
    from: 36,
    file: 'inventory/preflight.ts',
    search: "if ('kind' in listed) return listed;",
    replace: "if ('kind' in listed) return [...updates];",
  },
  {
    name: 'a list that leaves images out is believed',
    from: 295,
    file: 'finerworks/list-images.ts',
    search: 'return isAllThere || isWhole(answer, listed.size) ? listed : undefined;',
    replace: 'return isAllThere || answer ? listed : undefined;',
  },
  {
    name: 'of an image that is listed twice the second one counts',
    from: 1_004,
    file: 'finerworks/list-images.ts',
    search: 'if (!guids.includes(guid) || images.has(guid)) return undefined;',
    replace: 'if (!guids.includes(guid)) return undefined;',
  },
  {
    name: 'a list is believed that the ledger knows to be old',
    from: 241,
    file: 'ledger/standing.ts',
    search: 'return !isKnown || !isConfirmedText(shown, settled);',
    replace: 'return !isKnown && settled.hash === shown;',
  },
  {
    name: 'an event with force is not sent where a list shows its value',
    from: 2_991,
    file: 'inventory/preflight.ts',
    search: 'return !isForced(update, field) && !ledger.contradicts(guid, field, shown);',
    replace: 'return !ledger.contradicts(guid, field, shown);',
  },
  {
    name: 'what a call of the invocation has set is not known to the next one',
    from: 126,
    file: 'inventory/completion.ts',
    search: 'if (sent !== undefined) return sent.isConfirmed ? sent.value : IN_DOUBT;',
    replace: 'if (sent !== undefined && !sent.isConfirmed) return IN_DOUBT;',
  },
  {
    name: 'what a call in doubt was to set is sent along as if it were there',
    from: 211,
    file: 'inventory/completion.ts',
    search: 'if (sent !== undefined) return sent.isConfirmed ? sent.value : IN_DOUBT;',
    replace: 'if (sent !== undefined) return sent.value;',
  },
  {
    name: 'the field that is asked for is what is sent along for the other one',
    file: 'inventory/completion.ts',
    search: 'const value = this.#standingOf(update, field, image[field]);',
    replace: 'const value = update.title ?? this.#standingOf(update, field, image[field]);',
  },
  {
    name: 'a preflight counts for ever',
    from: 767,
    file: 'inventory/seen-images.ts',
    search: 'seen.at >= since',
    replace: 'seen.at > 0 * since',
  },
];
