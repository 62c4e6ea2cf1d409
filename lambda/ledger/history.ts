import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { LedgerItem } from './item.ts';
import { readItem } from './read-item.ts';

/** An image's item can't be read, or not be forgotten now. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

/**
 * What happened to an image: for each field the value that FinerWorks confirmed last (its hash), when,
 * and for which event and message; what was sent and not decided; the last rejection.
 *
 * @param guid lower case, without braces
 * @returns undefined where the ledger does not know the image, or has forgotten it
 * @throws {LedgerError} where its item can't be understood
 */
export async function historyOf(
  client: DynamoDBClient,
  tableName: string,
  guid: string,
): Promise<LedgerItem | undefined> {
  const request = { TableName: tableName, Key: marshall({ guid }), ConsistentRead: true };
  const { Item } = await client.send(new GetItemCommand(request));
  if (Item === undefined) return undefined;
  const item = readItem(Item);
  if (!(item instanceof Error)) return item;
  throw new LedgerError(`the ledger knows ${guid}, but ${item.message}`);
}

/**
 * Forgets an image, so that its next change is sent whatever was sent before: for example after
 * somebody edited it at FinerWorks by hand. Old events that are still in a queue then count as new.
 *
 * @param guid lower case, without braces
 * @param now milliseconds since 1970
 * @throws {LedgerError} where an invocation is changing the image: two calls must not race each other
 */
export async function forget(
  client: DynamoDBClient,
  tableName: string,
  guid: string,
  now: number,
): Promise<void> {
  const command = new DeleteItemCommand({
    TableName: tableName,
    Key: marshall({ guid }),
    ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil < :now',
    ExpressionAttributeValues: marshall({ ':now': now }),
  });
  try {
    await client.send(command);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new LedgerError(`${guid} is being changed at the moment; try again in a few minutes`);
  }
}
