import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { readItems, type Table } from './batches.ts';
import type { LedgerItem } from './item.ts';
import { readItem } from './read-item.ts';
import type { Expectation, LedgerStore } from './store.ts';

/** The ledger's items in its table in DynamoDB. */
export function connectLedger(table: Table): LedgerStore {
  return {
    load: async (guids) => {
      // Consistently: another invocation may have changed the image a moment ago.
      const items = await readItems(table, guids, true);
      return new Map([...items].map(([guid, item]) => [guid, readItem(item)]));
    },
    put: async (item, expected) => {
      try {
        await table.client.send(
          new PutItemCommand({
            TableName: table.tableName,
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

/** The SDK repeats a write whose answer was lost: the item may have this token already. */
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
