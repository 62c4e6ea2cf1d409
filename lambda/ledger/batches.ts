import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  type KeysAndAttributes,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '../general/clock.ts';
import { LedgerThrottled, retryThrottled } from './retry-throttled.ts';

/** The most items that one request writes (AWS: BatchWriteItem). */
export const MAX_ITEMS_WRITTEN = 25;

/** The table of the ledger, keyed by `guid`, and its client. */
export interface Table {
  readonly tableName: string;
  readonly client: DynamoDBClient;
  readonly clock: Clock;
}

/** An item in DynamoDB's form. */
export type Attributes = Record<string, AttributeValue>;

/**
 * Reads items by their keys, and reads again what DynamoDB left unprocessed.
 *
 * @param guids 1 to 100, none twice
 * @param ConsistentRead the newest items, for twice the price
 * @returns what there is, by key
 * @throws {LedgerThrottled} where some are left unprocessed after all attempts
 */
export async function readItems(
  { tableName, client, clock }: Table,
  guids: readonly string[],
  ConsistentRead: boolean,
): Promise<Map<string, Attributes>> {
  const items = new Map<string, Attributes>();
  let keys: KeysAndAttributes = { Keys: guids.map((guid) => marshall({ guid })), ConsistentRead };
  await retryThrottled(async () => {
    const command = new BatchGetItemCommand({ RequestItems: { [tableName]: keys } });
    const { Responses, UnprocessedKeys } = await client.send(command);
    for (const item of Responses?.[tableName] ?? []) items.set(item.guid?.S ?? '', item);
    const left = UnprocessedKeys?.[tableName];
    if (left === undefined) return;
    keys = left;
    throw new LedgerThrottled(`${left.Keys?.length} items not read`);
  }, clock);
  return items;
}

/**
 * Replaces items without a condition, and writes again what DynamoDB left unprocessed.
 *
 * @param items 1 to {@link MAX_ITEMS_WRITTEN}, no key twice
 * @throws {LedgerThrottled} where some are left unprocessed after all attempts
 */
export async function writeItems(
  { tableName, client, clock }: Table,
  items: readonly Attributes[],
): Promise<void> {
  let requests: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
  await retryThrottled(async () => {
    const command = new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } });
    const { UnprocessedItems } = await client.send(command);
    const left = UnprocessedItems?.[tableName];
    if (left === undefined) return;
    requests = left;
    throw new LedgerThrottled(`${left.length} items not written`);
  }, clock);
}
