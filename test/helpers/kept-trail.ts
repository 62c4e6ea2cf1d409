import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { toEnvironment } from '../../lambda/config.ts';
import type { TrailEntry } from '../../lambda/trail/trail-entry.ts';
import { trailItems } from '../../lambda/trail/trail-items.ts';
import { startLambdaApi } from '../../local/aws/lambda-api.ts';
import { startLedgerTable } from '../../local/aws/ledger-table.ts';
import { type LocalLog, startLogApi } from '../../local/aws/log-api.ts';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { createTrailTable } from '../../local/aws/trail-table.ts';
import { environmentOf } from './cli.ts';

/** Queues, trail and log of a deployment without a function: a test writes what it would have written. */
export interface KeptTrail extends AsyncDisposable {
  readonly queues: LocalQueues;
  readonly log: LocalLog;
  /** What points consoles and command lines at it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Keeps what one invocation decided. @param at milliseconds since 1970 */
  readonly keep: (at: number, entries: readonly Partial<TrailEntry>[]) => Promise<void>;
}

/** Starts it, each behind its own socket. */
export async function startKeptTrail(): Promise<KeptTrail> {
  const queues = await startQueues({
    visibilityTimeoutSeconds: 30,
    maxReceiveCount: 200,
    port: 0,
  });
  const ledger = await startLedgerTable();
  const TableName = await createTrailTable(ledger.client);
  const log = await startLogApi(0);
  const settings = toEnvironment({
    secretId: 'nobody/reads/it',
    queueUrl: queues.queueUrl,
    deadLetterQueueUrl: queues.deadLetterQueueUrl,
    trailTable: TableName,
  });
  const lambda = await startLambdaApi({
    eventSource: { state: 'Enabled', pause: () => {}, resume: () => {} },
    ...{ queueArn: queues.queueArn, environment: settings, port: 0 },
  });
  return {
    queues,
    log,
    environment: {
      ...environmentOf(queues),
      ...settings,
      AWS_ENDPOINT_URL_DYNAMODB: ledger.url,
      AWS_ENDPOINT_URL_LAMBDA: lambda.url,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: log.url,
      // There are no keys: the log has no secrets, and says so.
      AWS_ENDPOINT_URL_SECRETS_MANAGER: log.url,
    },
    keep: (at, entries) => keepIn(TableName, ledger.client, at, entries),
    [Symbol.asyncDispose]: async () => {
      const servers = [queues, ledger, log, lambda];
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** Keeps what one invocation decided in the table of a trail. @param at milliseconds since 1970 */
export async function keepIn(
  TableName: string,
  client: DynamoDBClient,
  at: number,
  entries: readonly Partial<TrailEntry>[],
): Promise<void> {
  const whole = entries.map((entry): TrailEntry => {
    const { guids = [] } = entry;
    const usual = { messageId: `message of ${entry.id}`, verdict: 'applied', receives: 1 };
    return { ...usual, sentAt: at - 1_000, images: guids.length, guids, ...entry };
  });
  for (const item of trailItems(whole, { requestId: 'request', at, trailDays: 30 })) {
    await client.send(new PutItemCommand({ TableName, Item: marshall(item) }));
  }
}

/** What the function logs of a dead letter. @param id of its event */
export function deathLine(id: string, parts: object = {}): string {
  const about = { reason: 'Refused', detail: 'because', messageId: `message of ${id}` };
  const line = { message: 'Record dead-lettered', ...about, origin: { id } };
  return JSON.stringify({ ...line, ...parts });
}

/** Writes that into the log. */
export function logDeath({ log }: KeptTrail, id: string, parts: object = {}): void {
  log.add(deathLine(id, parts));
}
