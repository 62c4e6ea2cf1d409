import { marshall } from '@aws-sdk/util-dynamodb';
import pMap from 'p-map';
import type * as z from 'zod/mini';
import { chunk } from '../general/chunk.ts';
import { MAX_ITEMS_WRITTEN, readItems, type Table, writeItems } from '../ledger/batches.ts';
import { parseItem } from '../ledger/parse-item.ts';
import { MAX_ITEMS_READ } from '../ledger/store.ts';
import {
  accountKey,
  boundedNote,
  CALL_SIZE_KEY,
  letterKey,
  messageKey,
  StoredCallSize,
  StoredEvidence,
  StoredNote,
} from './evidence-items.ts';
import type { EvidenceStore } from './evidence-store.ts';

/** Requests under way at once. */
const PARALLEL = { concurrency: 4 };
/** Longer than a message stays in the queue by default; each return writes its note again. */
const SECONDS_KEPT = 8 * 86_400;
/** Longer than any queue keeps a dead letter: 14 days (AWS: SQS quotas, message retention). */
const SECONDS_OF_LETTER = 15 * 86_400;

/**
 * Evidence as items of the ledger's table, beside those of images. Reads need not be consistent: what
 * is a second old is good enough, and costs half. Items that can't be understood are left out.
 *
 * @returns a store whose errors mean that nothing is known, or that some of it may not be saved
 */
export function connectEvidence(table: Table): EvidenceStore {
  const load = <Id, Schema extends z.ZodMiniType>(
    ids: readonly Id[],
    keyOf: (id: Id) => string,
    schema: Schema,
  ) => readEvidence(table, ids, { keyOf, schema, isConsistent: false });

  async function save(
    items: readonly { readonly guid: string }[],
    secondsKept = SECONDS_KEPT,
  ): Promise<void> {
    const expiresAt = Math.ceil(table.clock.now() / 1_000) + secondsKept;
    const marshalled = items.map((item) => marshall({ ...item, expiresAt }));
    const groups = chunk(marshalled, { maxItems: MAX_ITEMS_WRITTEN });
    await inParallel(groups, (group) => writeItems(table, group));
  }

  return {
    isShared: true,
    loadAccounts: async (accounts) => load(accounts, accountKey, StoredEvidence),
    saveAccount: async (account, evidence) => save([{ guid: accountKey(account), ...evidence }]),
    loadCallSize: async () =>
      (await load([CALL_SIZE_KEY], (key) => key, StoredCallSize)).get(CALL_SIZE_KEY),
    saveCallSize: async (size) => save([{ guid: CALL_SIZE_KEY, ...size }]),
    loadNotes: async (messageIds) => load(messageIds, messageKey, StoredNote),
    saveNotes: async (notes) =>
      save([...notes].map(([id, note]) => ({ guid: messageKey(id), ...boundedNote(note) }))),
    saveFailures: async (failures) => {
      const items = [...failures].map(([id, failure]) => ({ guid: letterKey(id), failure }));
      await save(items, SECONDS_OF_LETTER);
    },
  };
}

/**
 * Reads items by their keys.
 *
 * @returns what there is, by id; an item that can't be understood is left out
 */
export async function readEvidence<Id, Schema extends z.ZodMiniType>(
  table: Table,
  ids: readonly Id[],
  {
    keyOf,
    schema,
    isConsistent,
  }: { keyOf: (id: Id) => string; schema: Schema; isConsistent: boolean },
): Promise<Map<Id, z.output<Schema>>> {
  const byKey = new Map(ids.map((id) => [keyOf(id), id]));
  const known = new Map<Id, z.output<Schema>>();
  await inParallel(chunk([...byKey.keys()], { maxItems: MAX_ITEMS_READ }), async (keys) => {
    for (const [key, attributes] of await readItems(table, keys, isConsistent)) {
      const id = byKey.get(key);
      const item = parseItem(schema, attributes);
      if (id !== undefined && !(item instanceof Error)) known.set(id, item);
    }
  });
  return known;
}

/**
 * Makes some requests at once. After a failure no others begin, since each may take as long; and it
 * waits for those under way, so that nothing goes on after the invocation.
 *
 * @throws the first error of all
 */
async function inParallel<Item>(
  items: readonly Item[],
  request: (item: Item) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  const requestUnlessDown = async (item: Item) => {
    if (errors.length > 0) return;
    try {
      await request(item);
    } catch (error) {
      errors.push(error);
    }
  };
  await pMap(items, requestUnlessDown, PARALLEL);
  if (errors.length > 0) throw errors[0];
}
