import { delaySeconds } from '../../lambda/settlement/visibility.ts';
import type { Settings } from '../setting-fields.ts';
import { visibilityTimeoutSeconds } from '../settings.ts';

/** A quiet queue may wait so long for more messages, whatever its window (AWS: Lambda with SQS, batching). */
const QUIET_SECONDS = 20;
/** Any number from which on the delay grows no longer. */
const MANY_FAILURES = 100;

/** The longest time from one return of a record that fails to its next, in seconds. */
export function pauseOfRetries(settings: Settings): number {
  const { maxRetryAfterSeconds: retryAfterSeconds } = settings;
  const verdict = { kind: 'retry', reason: 'ServerError', detail: '', retryAfterSeconds } as const;
  return delaySeconds(MANY_FAILURES, verdict, () => 1) + takenSeconds(settings);
}

/** The longest time from one invocation that fails as a whole to the next that has its records, in seconds. */
export function pauseOfErrors(settings: Settings): number {
  return visibilityTimeoutSeconds(settings) + takenSeconds(settings);
}

function takenSeconds({ batchingWindowSeconds, timeoutSeconds }: Settings): number {
  return Math.max(QUIET_SECONDS, batchingWindowSeconds) + timeoutSeconds;
}
