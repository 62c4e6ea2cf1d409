import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readTrail, type TrailHour, type TrailPeriod } from '../../lambda/trail/read-trail.ts';
import { UsageError } from '../errors.ts';
import type { Deployment } from './deployment.ts';

/** Reads the trail of a deployment, newest hour first. */
export type Trail = (period: TrailPeriod) => AsyncIterable<TrailHour>;

/**
 * Finds the trail of a deployment.
 *
 * @throws {UsageError} where the deployment has none, or does not say
 */
export async function trailOf(deployment: Deployment, client: DynamoDBClient): Promise<Trail> {
  const table = await deployment.trailTable();
  if (table === undefined) {
    throw new UsageError(
      'this deployment keeps no trail (setting trailDays: 0), or is not named: --stack names it',
    );
  }
  return (period) => readTrail(client, table, period);
}

/** The same for commands that can do without it; undefined where there is none. */
export async function trailIfAny(
  deployment: Deployment,
  client: DynamoDBClient,
): Promise<Trail | undefined> {
  return (await deployment.trailTable()) === undefined ? undefined : trailOf(deployment, client);
}
