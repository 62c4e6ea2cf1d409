import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { RecordOutcome } from '../settlement/settle.ts';
import { trailEntries } from './trail-entries.ts';
import { trailItems } from './trail-items.ts';

/** The most that an invocation waits for it, in milliseconds: nothing depends on the trail. */
const LONGEST = 2_000;

/** The table of the trail, and its client. */
export interface TrailTable {
  readonly tableName: string;
  readonly client: DynamoDBClient;
}

/** When and where records were settled, and how long that is to be known. */
export interface TrailContext {
  readonly requestId: string;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMilliseconds: number;
  readonly trailDays: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Writes what became of each record, once all are settled: one write for the whole batch, but for very
 * large ones. It takes 2 s at most, and never more than half of what is left of the invocation.
 *
 * @throws what the table answers, or that it did not in time: some items may not be written then
 */
export async function keepTrail(
  { tableName, client }: TrailTable,
  outcomes: readonly RecordOutcome[],
  { now, remainingMilliseconds, ...invocation }: TrailContext,
): Promise<void> {
  const items = trailItems(trailEntries(outcomes), { ...invocation, at: now });
  const longest = Math.min(LONGEST, Math.floor(remainingMilliseconds / 2));
  const abortSignal = AbortSignal.timeout(Math.max(0, longest));
  const writes = items.map((item) => {
    const command = new PutItemCommand({ TableName: tableName, Item: marshall(item) });
    return client.send(command, { abortSignal });
  });
  // All of them end before this does: nothing goes on after the invocation.
  const failed = (await Promise.allSettled(writes)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
