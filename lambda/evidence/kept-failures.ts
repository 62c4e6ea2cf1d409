import pMap from 'p-map';
import * as z from 'zod/mini';
import { byCount, pack } from '../general/pack.ts';
import { readItems, type Table } from '../ledger/batches.ts';
import { parseItem } from '../ledger/parse-item.ts';
import { MAX_ITEMS_READ } from '../ledger/store.ts';
import { letterKey } from './evidence-items.ts';

/** What a dead letter has no room for, as an item holds it: the text of its attribute `failure`. */
const StoredFailure = z.object({ failure: z.string() });

/** Requests under way at once. */
const PARALLEL = { concurrency: 4 };

/**
 * Reads what dead letters have no room for: the texts of their attributes `failure`.
 *
 * @param messageIds in the dead-letter queue, none twice
 * @returns what there is, by message id
 * @throws what the table answers
 */
export async function keptFailures(
  table: Table,
  messageIds: readonly string[],
): Promise<Map<string, string>> {
  const idByKey = new Map(messageIds.map((id) => [letterKey(id), id]));
  const texts = new Map<string, string>();
  const groups = pack([...idByKey.keys()], byCount(MAX_ITEMS_READ));
  const read = async (keys: readonly string[]) => {
    // Consistently: the letter may be there for a moment longer than its reason.
    for (const [key, attributes] of await readItems(table, keys, true)) {
      const id = idByKey.get(key);
      const item = parseItem(StoredFailure, attributes);
      if (id !== undefined && !(item instanceof Error)) texts.set(id, item.failure);
    }
  };
  await pMap(groups, read, PARALLEL);
  return texts;
}
