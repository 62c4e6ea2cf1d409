import type { Clock } from '../general/clock.ts';
import { errorName } from '../general/error-name.ts';

/**
 * Milliseconds to wait before the next attempt: a burst is over by then. With the SDK's own attempts
 * and pauses a request takes 4 s at most; records wait out longer throttling in the queue.
 */
const PAUSES = [50, 100, 200, 400] as const;

/** DynamoDB left part of a batch request unprocessed, which is how it throttles. */
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
 * Makes a request, and repeats it while DynamoDB throttles it, with growing pauses.
 *
 * @throws what the request throws; throttling only after the last attempt
 */
export async function retryThrottled<Value>(
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
