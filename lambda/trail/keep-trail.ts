import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { errorName } from '../general/error-name.ts';
import { type AfterVerdicts, timeAfterVerdicts } from '../settlement/after-verdicts.ts';
import { trailEntries } from './trail-entries.ts';
import { trailItems } from './trail-items.ts';

/** The table of the trail, and its client. */
export interface TrailTable {
  readonly tableName: string;
  readonly client: DynamoDBClient;
}

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
): AfterVerdicts {
  if (table === undefined) return async () => {};
  const { client, tableName: TableName } = table;
  return async (outcomes, context) => {
    try {
      const { requestId, now } = context;
      const items = trailItems(trailEntries(outcomes), { requestId, at: now, trailDays });
      const abortSignal = timeAfterVerdicts(context);
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
