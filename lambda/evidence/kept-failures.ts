import * as z from 'zod/mini';
import type { Table } from '../ledger/batches.ts';
import { letterKey } from './evidence-items.ts';
import { readEvidence } from './evidence-table.ts';

/** What a dead letter has no room for, as an item holds it: the text of its attribute `failure`. */
const StoredFailure = z.object({ failure: z.string() });

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
  // Consistently: the letter may be there for a moment longer than its reason.
  const how = { keyOf: letterKey, schema: StoredFailure, isConsistent: true };
  const items = await readEvidence(table, messageIds, how);
  return new Map([...items].map(([id, { failure }]) => [id, failure]));
}
