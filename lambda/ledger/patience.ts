import type { Clock } from '../clock.ts';
import { errorName } from '../error-name.ts';

/**
 * Milliseconds to wait before asking again. Throttling of a single key or of a table that has just
 * grown is over by then; with the attempts of the SDK a request takes about 5 s at most.
 */
const PAUSES = [100, 200, 400, 800] as const;

/** DynamoDB left part of a request undone, which is how it throttles batches. */
export class LedgerThrottled extends Error {
  override readonly name = 'LedgerThrottled';
}

/** (AWS: DynamoDB, error handling) */
const THROTTLING: ReadonlySet<string> = new Set([
  'LedgerThrottled',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/**
 * Makes a request, and again while DynamoDB throttles it, with growing pauses.
 *
 * @throws whatever the request throws, throttling only where it goes on
 */
export async function withPatience<Value>(
  request: () => Promise<Value>,
  { sleep }: Pick<Clock, 'sleep'>,
): Promise<Value> {
  for (const pause of PAUSES) {
    try {
      return await request();
    } catch (error) {
      if (!THROTTLING.has(errorName(error))) throw error;
      await sleep(pause);
    }
  }
  return request();
}
