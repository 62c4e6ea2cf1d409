import type { Clock, Random } from '../general/clock.ts';
import { errorName } from '../general/error-name.ts';

/** The longest wait before each next attempt, in milliseconds: a burst is over by then. */
const PAUSES = [50, 100, 200, 400] as const;
/**
 * After so many milliseconds no other attempt begins, and the last one ends within 8 s
 * (aws-client-settings.ts): 20 s are reserved at the end of an invocation (invocation-time.ts). Records
 * wait out longer throttling in the queue.
 */
const LONGEST = 4_000;

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
 * Makes a request, and repeats it while DynamoDB throttles it, with growing pauses: at once it would most
 * likely be throttled again (AWS: BatchGetItem). Each pause is half of it or more by chance, so that
 * sandboxes which are throttled together do not come back together.
 *
 * @throws what the request throws; throttling only after the last attempt
 */
export async function retryThrottled<Value>(
  request: () => Promise<Value>,
  { now, sleep }: Clock,
  random: Random = Math.random,
): Promise<Value> {
  const startedAt = now();
  for (const pause of PAUSES) {
    try {
      return await request();
    } catch (error) {
      const isOver = now() - startedAt >= LONGEST;
      if (isOver || !THROTTLING.has(errorName(error))) throw error;
      await sleep((pause * (1 + random())) / 2);
    }
  }
  return request();
}
