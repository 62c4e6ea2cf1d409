import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EvidenceStore } from '../evidence/evidence-store.ts';
import { connectEvidence } from '../evidence/evidence-table.ts';
import { rememberEvidence } from '../evidence/memory-evidence.ts';
import { systemClock } from '../general/clock.ts';
import type { LedgerStore } from '../ledger/store.ts';
import { connectLedger } from '../ledger/table.ts';
import type { TrailTable } from '../trail/keep-trail.ts';
import { AWS_CLIENT_SETTINGS } from './aws-client-settings.ts';

/** Where invocations leave things for one another. */
export interface Stores {
  /** Undefined where the setting `ledger` is off. */
  readonly ledger: LedgerStore | undefined;
  readonly evidence: EvidenceStore;
  /** Undefined where the setting `trailDays` is 0. */
  readonly trail: TrailTable | undefined;
}

/** Which tables there are. */
interface StoreSettings {
  readonly ledgerTable?: string | undefined;
  readonly trailTable?: string | undefined;
}

/**
 * Connects the stores of a sandbox: tables with one client, or without the ledger's table its own memory.
 * The SDK takes endpoint and credentials from the environment.
 *
 * @param config with the tables' names where the settings `ledger` and `trailDays` have them
 */
export function connectStores({ ledgerTable, trailTable }: StoreSettings): Stores {
  if (ledgerTable === undefined && trailTable === undefined) {
    return { ledger: undefined, evidence: rememberEvidence(), trail: undefined };
  }
  const client = writesCheaply();
  const trail = trailTable === undefined ? undefined : { tableName: trailTable, client };
  if (ledgerTable === undefined) return { ledger: undefined, evidence: rememberEvidence(), trail };
  const table = { tableName: ledgerTable, client, clock: systemClock };
  return { ledger: connectLedger(table), evidence: connectEvidence(table), trail };
}

/** An image takes two requests, and half of the processor's time of these is not the request itself. */
function writesCheaply(): DynamoDBClient {
  // With the option, the SDK puts its middleware together once for each kind of request.
  const client = new DynamoDBClient({ ...AWS_CLIENT_SETTINGS, cacheMiddleware: true });
  // This part copies each request and each answer for a log that is off.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
