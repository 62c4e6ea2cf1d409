import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { type HttpServer, listen } from '../http-server.ts';
import { LOCAL_CREDENTIALS } from './queues.ts';

/** DynamoDB with the ledger's table in it. */
export interface LocalLedger extends HttpServer {
  readonly tableName: string;
  /** A client of it. */
  readonly client: DynamoDBClient;
}

/** Starts a DynamoDB emulator in this process, on a free port of 127.0.0.1. */
export async function startLedgerTable(): Promise<LocalLedger> {
  const server = await listen(dynalite({ createTableMs: 0 }));
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = LOCAL_CREDENTIALS;
  const client = new DynamoDBClient({
    endpoint: server.url,
    region,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  const tableName = 'image-updates-ledger';
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'guid', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'guid', AttributeType: 'S' }],
    }),
  );
  await waitUntilTableExists(
    { client, maxWaitTime: 30, minDelay: 0.02, maxDelay: 1 },
    { TableName: tableName },
  );
  return {
    ...server,
    tableName,
    client,
    close: async () => {
      client.destroy();
      await server.close();
    },
  };
}
