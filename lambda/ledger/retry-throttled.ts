import type { Clock } from '../general/clock.ts';
import { errorName } from '../general/error-name.ts';

/**
 * Milliseconds to wait before asking again: what a burst takes up is there again by then. With the
 * SDK's own attempts and pauses a request takes 4 s at most; longer throttling is the queue's to wait out.
 */
const PAUSES = [50, 100, 200, 400] as const;

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
