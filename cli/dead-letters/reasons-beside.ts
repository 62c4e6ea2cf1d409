import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { keptFailures } from '../../lambda/evidence/kept-failures.ts';
import { systemClock } from '../../lambda/general/clock.ts';
import type { Deployment } from '../aws/deployment.ts';
import { describeError } from '../errors.ts';

/** What is kept beside letters that have no room for their reasons. */
export interface Kept {
  /** Texts of `failure`, by message id. */
  readonly texts: ReadonlyMap<string, string>;
  /** Why there is no text of the others. */
  readonly otherwise: string;
}

/** Reads what is kept beside letters, by their message ids. Never throws. */
export type ReasonsBeside = (messageIds: readonly string[]) => Promise<Kept>;

/** Reads reasons from the ledger's table of a deployment, which is looked up when one is wanted. */
export function reasonsBeside(deployment: Deployment, client: DynamoDBClient): ReasonsBeside {
  return async (messageIds) => {
    try {
      const tableName = await deployment.ledgerTable();
      if (tableName === undefined) return { texts: new Map(), otherwise: 'no ledger keeps it' };
      const table = { tableName, client, clock: systemClock };
      const texts = await keptFailures(table, messageIds);
      return { texts, otherwise: 'the ledger does not have it' };
    } catch (error) {
      const told = describeError(error);
      if (told === undefined) throw error;
      const otherwise = `the ledger, which may have it, can't be read (${told.message})`;
      return { texts: new Map(), otherwise };
    }
  };
}
