import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  ConditionalCheckFailedException,
  DynamoDBClient,
  type KeysAndAttributes,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { AWS_CLIENT_SETTINGS } from '../aws-client-settings.ts';
import { LedgerItem } from './item.ts';
import type { Expectation, LedgerStore } from './store.ts';

/** Reads of what DynamoDB left unprocessed, before it counts as throttled. */
const MAX_READS = 3;

/** DynamoDB left part of a read undone: it is throttling. */
class LedgerThrottled extends Error {
  override readonly name = 'LedgerThrottled';
}

/**
 * The ledger's table in DynamoDB, keyed by `guid`.
 *
 * @param tableName its name
 * @param client else one by the SDK's own settings
 */
export function connectLedger(
  tableName: string,
  client = new DynamoDBClient(AWS_CLIENT_SETTINGS),
): LedgerStore {
  return {
    load: async (guids) => {
      const items = new Map<string, LedgerItem | Error>();
      let keys: KeysAndAttributes | undefined = {
        Keys: guids.map((guid) => marshall({ guid })),
        // An image that another invocation changed a moment ago must not look as it did before.
        ConsistentRead: true,
      };
      for (let reads = 0; keys?.Keys?.length; reads += 1) {
        if (reads === MAX_READS) throw new LedgerThrottled(`${keys.Keys.length} items not read`);
        const command: BatchGetItemCommand = new BatchGetItemCommand({
          RequestItems: { [tableName]: keys },
        });
        const { Responses, UnprocessedKeys }: BatchGetItemCommandOutput =
          await client.send(command);
        for (const attributes of Responses?.[tableName] ?? []) {
          const { success, data, error } = LedgerItem.safeParse(unmarshall(attributes));
          items.set(attributes.guid?.S ?? '', success ? data : error);
        }
        keys = UnprocessedKeys?.[tableName];
      }
      return items;
    },
    put: async (item, expected) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall(item, { removeUndefinedValues: true }),
            ...conditionOf(item, expected),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

/** The SDK repeats a write whose answer was lost: the item may bear this very token already. */
function conditionOf({ token }: LedgerItem, { token: seen, unleasedAt }: Expectation) {
  const asSeen = seen === undefined ? 'attribute_not_exists(guid)' : '#token = :seen';
  const unleased = '(attribute_not_exists(leaseUntil) OR leaseUntil < :now)';
  const expected = unleasedAt === undefined ? asSeen : `${asSeen} AND ${unleased}`;
  return {
    ConditionExpression: `#token = :own OR (${expected})`,
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: marshall({
      ':own': token,
      ...(seen !== undefined && { ':seen': seen }),
      ...(unleasedAt !== undefined && { ':now': unleasedAt }),
    }),
  };
}
