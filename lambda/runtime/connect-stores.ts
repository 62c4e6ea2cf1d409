import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EvidenceStore } from '../evidence/evidence-store.ts';
import { connectEvidence } from '../evidence/evidence-table.ts';
import { rememberEvidence } from '../evidence/memory-evidence.ts';
import { systemClock } from '../general/clock.ts';
import type { LedgerStore } from '../ledger/store.ts';
import { connectLedger } from '../ledger/table.ts';
import { AWS_CLIENT_SETTINGS } from './aws-client-settings.ts';

/** Where invocations leave things for one another. */
export interface Stores {
  /** Undefined where the setting `ledger` is off. */
  readonly ledger: LedgerStore | undefined;
  readonly evidence: EvidenceStore;
}

/**
 * Connects the stores of a sandbox: one table with one client, or without a table its own memory. The SDK
 * takes endpoint and credentials from the environment.
 *
 * @param config with the table's name where the setting `ledger` is on
 */
export function connectStores(config: { readonly ledgerTable?: string | undefined }): Stores {
  const { ledgerTable: tableName } = config;
  if (tableName === undefined) return { ledger: undefined, evidence: rememberEvidence() };
  const client = new DynamoDBClient(AWS_CLIENT_SETTINGS);
  const table = { tableName, client, clock: systemClock };
  return { ledger: connectLedger(table), evidence: connectEvidence(table) };
}
