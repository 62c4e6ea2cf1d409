import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

/** How its items are found, and how it is paid: as the stack makes it (infra/trail.ts). */
export const TRAIL_SCHEMA = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'hour', KeyType: 'HASH' },
    { AttributeName: 'place', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'hour', AttributeType: 'S' },
    { AttributeName: 'place', AttributeType: 'S' },
  ],
} satisfies Partial<CreateTableCommandInput>;

/**
 * Makes the trail's table beside the ledger's, unless it is there from an earlier run.
 *
 * @returns its name
 */
export async function createTrailTable(client: DynamoDBClient): Promise<string> {
  const TableName = 'image-updates-trail';
  const create = client.send(new CreateTableCommand({ TableName, ...TRAIL_SCHEMA }));
  await create.catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  const waiting = { client, maxWaitTime: 30, minDelay: 0.02, maxDelay: 1 };
  await waitUntilTableExists(waiting, { TableName });
  return TableName;
}
