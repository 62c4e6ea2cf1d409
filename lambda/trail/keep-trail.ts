import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { errorName } from '../general/error-name.ts';
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

/** When and where records were settled. */
export interface TrailContext {
  readonly requestId: string;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMilliseconds: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Writes what became of the records of an invocation. Never throws. */
export type KeepTrail = (
  outcomes: readonly RecordOutcome[],
  context: TrailContext,
) => Promise<void>;

/**
 * The trail of a sandbox: one write for a whole batch, but for very large ones. It is best effort: it
 * takes 2 s at most, and never more than half of what is left of the invocation; a failure changes no
 * verdict, and nothing is tried again.
 *
 * @param table undefined where no trail is kept
 * @param onFailure takes the error's name; some items may not be written then
 */
export function trailKeeper(
  table: TrailTable | undefined,
  { trailDays }: { readonly trailDays: number },
  onFailure: (error: string) => void,
): KeepTrail {
  if (table === undefined) return async () => {};
  const { client, tableName: TableName } = table;
  return async (outcomes, { requestId, remainingMilliseconds, now }) => {
    try {
      const items = trailItems(trailEntries(outcomes), { requestId, at: now, trailDays });
      const longest = Math.min(LONGEST, Math.floor(remainingMilliseconds / 2));
      const abortSignal = AbortSignal.timeout(Math.max(0, longest));
      const writes = items.map((item) =>
        client.send(new PutItemCommand({ TableName, Item: marshall(item) }), { abortSignal }),
      );
      // All of them end before this does: nothing goes on after the invocation.
      const failed = (await Promise.allSettled(writes)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    } catch (error) {
      onFailure(errorName(error));
    }
  };
}
