import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { type HttpServer, listen } from '../http-server.ts';
import { LOCAL_CREDENTIALS } from './queues.ts';

/** DynamoDB with the ledger's table in it. */
export interface LocalLedger extends HttpServer {
  readonly tableName: string;
  /** A client of it. */
  readonly client: DynamoDBClient;
}

/**
 * Starts a DynamoDB emulator in this process, on 127.0.0.1.
 *
 * @param options.port 0 for a free one
 * @param options.folder where items survive a restart
 */
export async function startLedgerTable({
  port = 0,
  folder,
}: {
  readonly port?: number;
  readonly folder?: string | undefined;
} = {}): Promise<LocalLedger> {
  const stored = folder !== undefined && { path: folder };
  const server = await listen(dynalite({ createTableMs: 0, ...stored }), port);
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = LOCAL_CREDENTIALS;
  const client = new DynamoDBClient({
    endpoint: server.url,
    region,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  const tableName = 'image-updates-ledger';
  const create = client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'guid', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'guid', AttributeType: 'S' }],
    }),
  );
  // With a folder it may be there from an earlier run.
  await create.catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
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
