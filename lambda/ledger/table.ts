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

/**
 * The SDK repeats a write whose answer was lost: the item may have this token already. There are no parentheses,
 * since AND comes before OR (AWS: DynamoDB, expression operators) and emulators take 5 ms to read nested ones.
 */
function conditionOf({ token }: LedgerItem, { token: seen, unleasedAt }: Expectation) {
  // What is not there has no lease.
  const unleased = seen === undefined ? undefined : unleasedAt;
  const asSeen = seen === undefined ? 'attribute_not_exists(guid)' : '#token = :seen';
  const expected =
    unleased === undefined
      ? asSeen
      : `${asSeen} AND attribute_not_exists(leaseUntil) OR ${asSeen} AND leaseUntil < :now`;
  return {
    ConditionExpression: `#token = :own OR ${expected}`,
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: marshall({
      ':own': token,
      ...(seen !== undefined && { ':seen': seen }),
      ...(unleased !== undefined && { ':now': unleased }),
    }),
  };
}
