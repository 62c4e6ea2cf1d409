import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { forget, historyOf } from '../../lambda/ledger/history.ts';
import type { LedgerItem } from '../../lambda/ledger/item.ts';
import { UsageError } from '../errors.ts';
import type { Deployment } from './deployment.ts';

/** The ledger of a deployment, for commands. */
export interface Ledger {
  /** What is known of an image; undefined where nothing is. */
  readonly read: (guid: string) => Promise<LedgerItem | undefined>;
  /** @throws {LedgerError} where the image is being changed at the moment */
  readonly forget: (guid: string) => Promise<void>;
}

/**
 * Finds the ledger of a deployment.
 *
 * @throws {UsageError} where the deployment has none, or does not say
 */
export async function ledgerOf(deployment: Deployment, client: DynamoDBClient): Promise<Ledger> {
  const { ledgerTable } = await deployment.functionSettings();
  if (ledgerTable === undefined) {
    throw new UsageError(
      'this deployment has no ledger (setting ledger: off), so nothing is known',
    );
  }
  return {
    read: (guid) => historyOf(client, ledgerTable, guid),
    forget: (guid) => forget(client, ledgerTable, guid, Date.now()),
  };
}

/** The same for commands that can do without it; undefined where there is none. */
export async function ledgerIfAny(
  deployment: Deployment,
  client: DynamoDBClient,
): Promise<Ledger | undefined> {
  try {
    return await ledgerOf(deployment, client);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** What is known of images, some read at once; those of which nothing is are left out. */
export async function historiesOf(
  guids: readonly string[],
  { read }: Ledger,
): Promise<LedgerItem[]> {
  const items = await pMap(guids, read, { concurrency: 10 });
  return items.filter((item) => item !== undefined);
}
